package io.limber.numerics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.Learner;
import io.limber.core.agent.UpdateReport;
import io.limber.core.replay.Transitions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cnn against convolutions written out, and its gradient against differences of them. */
class ConvolutionTest {

  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;
  private static final int FILTERS = 2;
  private static final int HIDDEN = 3;
  private static final int ACTIONS = 4;
  private static final String CNN =
      "network { kind = cnn, cnn { filters = [2], kernel-sizes = [3], strides = [1],"
          + " dense-widths = [3] } }, objective.discount = 0, learner.updates-per-call = 1,"
          + " optimizer { kind = sgd, learning-rate = 0.5 }";

  @TempDir Path folder;

  @Test
  void update_cnn_losesAndMovesAsTheEquationsSay() {
    try (TensorFlowAgentFactory factory = SmallTask.factory(CNN, folder);
        Learner learner = factory.createLearner()) {
      double[] before = doubles(TensorFlowLearnerTest.values(learner.snapshot()));
      Transitions batch = SmallTask.transitions(4, 1);
      UpdateReport report = learner.update(batch);
      double[] after = doubles(TensorFlowLearnerTest.values(learner.snapshot()));

      assertThat(report.meanLoss()).isCloseTo(loss(before, batch), within(1e-6));
      double h = 1e-6; // central differences in double: error about h² + 1e-16 / h
      for (int i = 0; i < before.length; i++) {
        double gradient =
            (loss(moved(before, i, h), batch) - loss(moved(before, i, -h), batch)) / (2 * h);
        // the program's float32 parameters are rounded at 6e-8 relative after the step
        assertThat((before[i] - after[i]) / 0.5)
            .as("parameter " + i)
            .isCloseTo(gradient, within(2e-6));
      }
    }
  }

  private static double loss(double[] p, Transitions batch) {
    double sum = 0;
    for (int row = 0; row < batch.size(); row++) {
      double[] q = output(p, ReferenceAgent.observation(batch.sTm1(), batch, row));
      double error = q[batch.actions().get(row)] - batch.rewards().get(row);
      sum += error * error / batch.size();
    }
    return sum;
  }

  private static double[] output(double[] p, double[] image) {
    double[] features = new double[HEIGHT * WIDTH * FILTERS];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int f = 0; f < FILTERS; f++) {
          features[(y * WIDTH + x) * FILTERS + f] = Math.max(0, convolved(p, image, y, x, f));
        }
      }
    }
    int at = 9 * FILTERS + FILTERS;
    double[] hidden = dense(p, at, features, HIDDEN);
    for (int i = 0; i < HIDDEN; i++) {
      hidden[i] = Math.max(0, hidden[i]);
    }
    return dense(p, at + (features.length + 1) * HIDDEN, hidden, ACTIONS);
  }

  private static double convolved(double[] p, double[] image, int y, int x, int f) {
    double z = p[9 * FILTERS + f];
    for (int dy = 0; dy < 3; dy++) {
      for (int dx = 0; dx < 3; dx++) {
        int row = y + dy - 1;
        int column = x + dx - 1;
        if (row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH) {
          z += image[row * WIDTH + column] * p[(dy * 3 + dx) * FILTERS + f];
        }
      }
    }
    return z;
  }

  private static double[] dense(double[] p, int at, double[] in, int width) {
    double[] out = new double[width];
    for (int j = 0; j < width; j++) {
      out[j] = p[at + in.length * width + j];
      for (int i = 0; i < in.length; i++) {
        out[j] += in[i] * p[at + i * width + j];
      }
    }
    return out;
  }

  private static double[] moved(double[] p, int i, double by) {
    double[] moved = p.clone();
    moved[i] += by;
    return moved;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
