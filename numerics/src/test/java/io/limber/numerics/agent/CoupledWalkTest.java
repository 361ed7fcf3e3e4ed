package io.limber.numerics.agent;

import static io.limber.numerics.agent.TensorFlowLearnerTest.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.Learner;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoupledWalkTest {

  private static final String BROWNIAN = "learner.trajectory = brownian";
  private static final String SINGLE = ", learner.updates-per-call = 1";

  @TempDir Path folder;

  @Test
  void walk_perUpdate_movesByTheLearnersNormInARandomDirection() {
    try (TensorFlowAgentFactory factory = SmallTask.factory(BROWNIAN + SINGLE, folder);
        Learner learner = factory.createLearner()) {
      float[] online = values(learner.snapshot());
      float[] walk = values(learner.probedSnapshot().online());
      assertThat(walk).isEqualTo(online);
      double cosines = 0;
      int updates = 40;
      for (int call = 0; call < updates; call++) {
        learner.update(SmallTask.transitions(4, call));
        double[] step = difference(values(learner.snapshot()), online);
        double[] walked = difference(values(learner.probedSnapshot().online()), walk);
        // the sums of parameters of size 1 and steps of size 1e-3 are rounded at 1e-7 each
        assertThat(norm(walked)).isCloseTo(norm(step), within(2e-3 * norm(step)));
        cosines += dot(walked, step) / (norm(walked) * norm(step));
        online = values(learner.snapshot());
        walk = values(learner.probedSnapshot().online());
      }
      // each cosine of a random direction among P has standard deviation 1/√P; four of their mean's
      assertThat(Math.abs(cosines / updates)).isLessThan(4 / Math.sqrt(online.length * updates));
    }
  }

  @Test
  void learner_withAndWithoutAWalk_isBitIdentical() {
    try (TensorFlowAgentFactory plain = SmallTask.factory("", folder.resolve("plain"));
        TensorFlowAgentFactory walked = SmallTask.factory(BROWNIAN, folder.resolve("walked"));
        Learner one = plain.createLearner();
        Learner other = walked.createLearner()) {
      for (int call = 0; call < 10; call++) {
        assertThat(one.update(SmallTask.transitions(12, call)))
            .isEqualTo(other.update(SmallTask.transitions(12, call)));
      }
      assertThat(values(other.snapshot())).isEqualTo(values(one.snapshot()));
      assertThat(values(one.probedSnapshot().online())).isEqualTo(values(one.snapshot()));
      assertThat(values(other.probedSnapshot().online())).isNotEqualTo(values(one.snapshot()));
    }
  }

  @Test
  void walk_ofAnotherCallSize_isTheSame() {
    assertThat(walkOf(BROWNIAN, 4, 12, "three")).isEqualTo(walkOf(BROWNIAN + SINGLE, 12, 4, "one"));
  }

  @Test
  void walk_ofARestoredLearner_goesOnBitForBit() throws IOException {
    try (TensorFlowAgentFactory factory = SmallTask.factory(BROWNIAN, folder.resolve("agent"));
        Learner one = factory.createLearner();
        Learner other = factory.createLearner()) {
      one.update(SmallTask.transitions(12, 1));
      SavedState state = one.save(folder.resolve("saved"));
      other.restore(folder.resolve("saved"), state);

      one.update(SmallTask.transitions(12, 2));
      other.update(SmallTask.transitions(12, 2));

      assertThat(values(other.probedSnapshot().online()))
          .isEqualTo(values(one.probedSnapshot().online()));
    }
  }

  /** The batches of twelve updates of four transitions, in calls of {@code rows}. */
  private float[] walkOf(String overrides, int calls, int rows, String name) {
    try (TensorFlowAgentFactory factory = SmallTask.factory(overrides, folder.resolve(name));
        Learner learner = factory.createLearner()) {
      for (int call = 0; call < calls; call++) {
        learner.update(rows(SmallTask.transitions(48, 1), call * rows, rows));
      }
      return values(learner.probedSnapshot().online());
    }
  }

  private static Transitions rows(Transitions from, int first, int rows) {
    int bytes = SmallTask.OBSERVATIONS.bytes();
    Transitions part = new Transitions(from.spec(), rows);
    part.sTm1().put(0, from.sTm1(), first * bytes, rows * bytes);
    part.sT().put(0, from.sT(), first * bytes, rows * bytes);
    for (int row = 0; row < rows; row++) {
      part.actions().put(row, from.actions().get(first + row));
      part.rewards().put(row, from.rewards().get(first + row));
      part.discounts().put(row, from.discounts().get(first + row));
    }
    part.setSize(rows);
    return part;
  }

  private static double[] difference(float[] to, float[] from) {
    double[] difference = new double[to.length];
    for (int i = 0; i < to.length; i++) {
      difference[i] = (double) to[i] - from[i];
    }
    return difference;
  }

  private static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
