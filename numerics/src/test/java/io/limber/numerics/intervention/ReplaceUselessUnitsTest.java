package io.limber.numerics.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.limber.core.agent.Learner;
import io.limber.core.intervention.Firing;
import io.limber.core.replay.Transitions;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Continual backprop against utilities and choices written out in double precision. */
class ReplaceUselessUnitsTest {

  private static final String ONE_BY_ONE = "learner.updates-per-call = 1, ";
  private static final double DECAY = 0.9;

  @TempDir Path folder;

  private final double[] utility = new double[7];
  private final double[] mean = new double[7];

  @ParameterizedTest
  @EnumSource(InterventionSettings.Utility.class)
  void apply_firstReplacement_takesTheLeastUsefulUnitAndItsMeanPart(
      InterventionSettings.Utility kind) {
    String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    // after 5 updates the units are older than 4; two times 7 units times 0.09 make the first one
    String settings =
        "interventions.continual-backprop { when = every 1, replacement-rate = 0.09, maturity = 4,"
            + " decay = 0.9, utility = "
            + name
            + " }";
    try (TensorFlowAgentFactory plain = SmallTask.factory(ONE_BY_ONE, folder.resolve("plain"));
        TensorFlowAgentFactory treated =
            SmallTask.factory(ONE_BY_ONE + settings, folder.resolve("treated"));
        Learner without = plain.createLearner();
        Learner with = treated.createLearner()) {
      List<Firing> firings = List.of();
      for (int age = 1; age <= 6; age++) {
        assertThat(firings).isEmpty();
        Transitions batch = Trained.batch(without, age);
        observe(new PlainMlp(Trained.values(without.snapshot()), 6, 7, 5, 4), batch, age, kind);
        without.update(batch);
        firings = with.update(batch).firings();
      }

      // 0.63 + 0.63 units of the first layer; 0.45 + 0.45 of the second are not one yet
      assertThat(firings)
          .containsExactly(new Firing("continual-backprop", "dense-0", 6, 1, 1, 6 + 1 + 5 + 5));
      checkReplaced(least(), Trained.values(without.snapshot()), Trained.values(with.snapshot()));
    }
  }

  private void observe(
      PlainMlp mlp, Transitions batch, int age, InterventionSettings.Utility kind) {
    double[][] rows = mlp.activations(batch, 1);
    for (int unit = 0; unit < 7; unit++) {
      double average = 0;
      double outgoing = 0;
      double incoming = 0;
      for (double[] row : rows) {
        average += row[unit] / rows.length;
      }
      for (int k = 0; k < 5; k++) {
        outgoing += Math.abs(mlp.weight(2, unit, k));
      }
      for (int i = 0; i < 6; i++) {
        incoming += Math.abs(mlp.weight(1, i, unit));
      }
      mean[unit] = DECAY * mean[unit] + (1 - DECAY) * average;
      boolean plain = kind == InterventionSettings.Utility.CONTRIBUTION;
      double centre = plain ? 0 : mean[unit] / (1 - Math.pow(DECAY, age));
      double size = 0;
      for (double[] row : rows) {
        size += Math.abs(row[unit] - centre) / rows.length;
      }
      double now = size * outgoing / (plain ? 1 : incoming);
      utility[unit] = DECAY * utility[unit] + (1 - DECAY) * now;
    }
  }

  private int least() {
    int least = 0;
    for (int unit = 1; unit < 7; unit++) {
      least = utility[unit] < utility[least] ? unit : least;
    }
    return least;
  }

  private void checkReplaced(int unit, float[] before, float[] after) {
    double centre = mean[unit] / (1 - Math.pow(DECAY, 6));
    for (int i = 0; i < before.length; i++) {
      if (i < 42 && i % 7 == unit) {
        assertThat(after[i]).as("incoming " + i).isNotEqualTo(before[i]).isNotZero();
      } else if (i == 42 + unit) {
        assertThat(after[i]).as("bias").isZero();
      } else if (i >= 49 && i < 84 && (i - 49) / 5 == unit) {
        assertThat(after[i]).as("outgoing " + i).isZero();
      } else if (i >= 84 && i < 89) {
        double part = before[49 + unit * 5 + i - 84] * centre;
        // float32 averages of six numbers below one
        assertThat((double) after[i]).as("next bias").isCloseTo(before[i] + part, within(1e-7));
      } else {
        assertThat(after[i]).as("parameter " + i).isEqualTo(before[i]);
      }
    }
  }

  @Test
  void apply_unitsThatRedoReplaced_areYoungAgain() {
    String settings =
        ONE_BY_ONE
            + "interventions { continual-backprop { when = every 1, replacement-rate = 0.5, maturity = 4 }";
    // whatever a unit gives, its score is below 7, the number of units
    String redo = ", redo { when = once 3, dormant-threshold = 7 } }";
    Trained alone = Trained.with(settings + " }", 6, path("alone"));
    Trained both = Trained.with(settings + redo, 9, path("both"));

    // half of the units go as soon as they are older than 4 updates
    assertThat(alone.firings().get(0).step()).isEqualTo(5);
    assertThat(both.firings())
        .extracting(Firing::intervention, Firing::step, Firing::units)
        .startsWith(tuple("redo", 3L, 7), tuple("redo", 3L, 5), tuple("continual-backprop", 8L, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "rmsprop", "adamw"})
  void apply_anyOptimiser_unitsGrowOldUpdateByUpdate(String optimizer) {
    Trained agent =
        Trained.with(
            "optimizer.kind = "
                + optimizer
                + ", interventions.continual-backprop { when = every 3, replacement-rate = 0.5, maturity = 7 }",
            3,
            folder);

    // after 9 updates all are older than 7; half of them would have gone in each of three
    assertThat(agent.firings())
        .extracting(Firing::step, Firing::units)
        .containsExactly(tuple(9L, 7), tuple(9L, 5));
  }

  @Test
  void apply_everyThreeUpdates_replacesAsManyAsWhenAskedEachUpdate() {
    String settings =
        "interventions.continual-backprop { when = every %d, replacement-rate = 0.05, maturity = 3 }";
    int often = replaced(Trained.with(ONE_BY_ONE + settings.formatted(1), 60, path("often")));
    int seldom = replaced(Trained.with(settings.formatted(3), 20, path("seldom")));

    // at most 0.05 x 12 units x 60 updates, less while units are young
    assertThat(often).isBetween(10, 36);
    assertThat(seldom).isBetween(often - 8, often + 8);
  }

  @Test
  void apply_convolutionWithCreluAndNorms_replacesChannelsAndStaysFinite() {
    Trained agent =
        Trained.with(
            "network { activation = crelu, layer-norm = true, kind = cnn, cnn { filters = [4], kernel-sizes = [3], strides = [1],"
                + " dense-widths = [6] } }, interventions.continual-backprop { when = every 3,"
                + " replacement-rate = 0.2, maturity = 2 }",
            10,
            folder);

    assertThat(agent.firings()).extracting(Firing::part).contains("conv-0", "dense-0");
    assertThat(agent.losses()).allMatch(Double::isFinite);
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private static int replaced(Trained agent) {
    return Arrays.stream(agent.firings().toArray(Firing[]::new)).mapToInt(Firing::units).sum();
  }
}
