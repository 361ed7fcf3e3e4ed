package io.limber.numerics.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.random.SeededRandom;
import io.limber.numerics.agent.SmallTask;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Each objective's loss and derivatives against differences of the loss in double precision. */
class ObjectiveTest {

  private static final int ROWS = 12;
  private static final int ACTIONS = 3;

  @TempDir Path folder;

  private ReferenceObjective reference;
  private Objective objective;
  private final double[][] outputs = new double[ROWS][];
  private final double[][] directions = new double[ROWS][];
  private final double[][] actions = new double[ROWS][1];
  private final double[][] targets = new double[ROWS][];

  private void draw(String overrides) {
    ObjectiveSettings settings =
        SmallTask.settings(
                "objective { categorical { bins = 4, min = -1, max = 2 } }, objective { "
                    + overrides
                    + " }")
            .objective();
    objective = Objective.of(settings, ACTIONS);
    reference = new ReferenceObjective(settings, ACTIONS);
    SeededRandom random = new SeededRandom(11);
    for (int row = 0; row < ROWS; row++) {
      outputs[row] = gaussians(random);
      directions[row] = gaussians(random);
      actions[row][0] = row % ACTIONS;
      targets[row] =
          reference.target(random.nextGaussian(), 1, gaussians(random), gaussians(random));
    }
  }

  private double[] gaussians(SeededRandom random) {
    return random.doubles(objective.outputs()).map(u -> (float) (4 * u - 2)).toArray();
  }

  private interface Part {
    Operand<TFloat32> of(
        Ops tf,
        Operand<TFloat32> outputs,
        Operand<TInt32> actions,
        Operand<TFloat32> targets,
        Operand<TFloat32> direction);
  }

  private float[] run(Part part) {
    BiFunction<Ops, List<Operand<TFloat32>>, Operand<TFloat32>> graph =
        (tf, in) -> {
          Operand<TFloat32> column = tf.reshape(in.get(1), tf.constant(new int[] {-1}));
          return part.of(tf, in.get(0), tf.dtypes.cast(column, TInt32.class), in.get(2), in.get(3));
        };
    return ObjectiveGraph.run(folder, graph, outputs, actions, targets, directions);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loss = squared",
        "loss = huber, huber-threshold = 0.4",
        "output = categorical",
        "output = categorical, categorical.projection = c51",
        "kind = classification",
        "kind = regression"
      })
  void derivatives_eachObjective_areDifferencesOfTheLoss(String overrides) {
    draw(overrides);
    float[] losses = run((tf, f, a, y, v) -> objective.losses(tf, f, a, y));
    float[] gradients = run((tf, f, a, y, v) -> objective.gradient(tf, f, a, y));
    float[] products = run((tf, f, a, y, v) -> objective.product(tf, f, a, y, v));
    int width = objective.outputs();
    double h = 1e-6; // central differences in double: error about h² + 1e-16 / h
    for (int row = 0; row < ROWS; row++) {
      int action = row % ACTIONS;
      // float32 carries 7 digits of losses, gradients and products of size 1 to 10
      assertThat((double) losses[row])
          .isCloseTo(reference.loss(outputs[row], action, targets[row]), within(5e-6));
      double[] above = reference.gradient(moved(row, -1, h), action, targets[row]);
      double[] below = reference.gradient(moved(row, -1, -h), action, targets[row]);
      for (int i = 0; i < width; i++) {
        double slope =
            (reference.loss(moved(row, i, h), action, targets[row])
                    - reference.loss(moved(row, i, -h), action, targets[row]))
                / (2 * h);
        assertThat((double) gradients[row * width + i]).isCloseTo(slope, within(2e-6));
        assertThat((double) products[row * width + i])
            .isCloseTo((above[i] - below[i]) / (2 * h), within(2e-6));
      }
    }
  }

  /** The outputs of a row, one of them moved; all of them along the direction for −1. */
  private double[] moved(int row, int index, double by) {
    double[] moved = outputs[row].clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += index < 0 ? by * directions[row][i] : index == i ? by : 0;
    }
    return moved;
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss = huber", "output = categorical", "kind = classification"})
  void predictions_eachObjective_areComparableWithTheTargets(String overrides) {
    draw(overrides);
    float[] predictions = run((tf, f, a, y, v) -> objective.predictions(tf, f, a));
    float[] wanted = run((tf, f, a, y, v) -> objective.targetValues(tf, y));
    for (int row = 0; row < ROWS; row++) {
      double[] values =
          overrides.contains("classification")
              ? ReferenceProjection.softmax(outputs[row], 0, ACTIONS)
              : reference.values(outputs[row]);
      assertThat((double) predictions[row]).isCloseTo(values[row % ACTIONS], within(1e-6));
      double value =
          overrides.contains("categorical")
              ? ReferenceProjection.mean(new Support(4, -1, 2), targets[row])
              : targets[row][0];
      assertThat((double) wanted[row]).isCloseTo(value, within(1e-6));
    }
  }
}
