package io.limber.numerics.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.limber.core.agent.Learner;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.intervention.Firing;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.numerics.agent.SmallTask;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every intervention; three updates per call, the target follows every second. */
class InvariantsTest {

  private static final String ALL =
      "interventions { reset-last-layer.when = target-update, reset-optimizer.when = once 9,"
          + " shrink-and-perturb.when = every 12, redo { when = every 3, dormant-threshold = 0.3 },"
          + " continual-backprop { when = every 3, replacement-rate = 0.1, maturity = 2 },"
          + " l2-init.strength = 1.0e-3, spectral-normalisation.enabled = true,"
          + " plasticity-injection.when = once 6 }";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interventions.shrink-and-perturb { when = target-update, shrink = 1, perturb = 0 }",
        "interventions.continual-backprop { when = every 3, replacement-rate = 0 }",
        "interventions.l2-init.strength = 0",
        // on, but not due yet: neither what they keep nor what they prepare changes an update
        "interventions.continual-backprop.when = once 999",
        "interventions.redo.when = once 999",
        "interventions.reset-optimizer.when = \"statistics/dead-fraction > 2\"",
        "interventions.reset-last-layer.when = once 999"
      })
  void update_noStrengthOrNotDue_isBitIdentical(String overrides) {
    Trained without = Trained.with("", 8, folder.resolve("without"));
    Trained with = Trained.with(overrides, 8, folder.resolve("with"));

    assertThat(with.losses()).isEqualTo(without.losses());
    assertThat(with.online()).isEqualTo(without.online());
    assertThat(with.target()).isEqualTo(without.target());
    assertThat(with.slots()).isEqualTo(without.slots());
    assertThat(with.firings()).isEmpty();
  }

  @Test
  void update_everythingOn_isAFunctionOfTheSeed() {
    Trained one = Trained.with(ALL, 10, folder.resolve("one"));
    Trained other = Trained.with(ALL, 10, folder.resolve("other"));

    assertThat(one.losses()).isEqualTo(other.losses());
    assertThat(one.online()).isEqualTo(other.online());
    assertThat(one.slots()).isEqualTo(other.slots());
    assertThat(one.firings()).isEqualTo(other.firings()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interventions.reset-last-layer.when = target-update",
        "interventions.reset-optimizer.when = target-update",
        "interventions.shrink-and-perturb.when = target-update",
        "interventions.redo { when = target-update, dormant-threshold = 0.8 }",
        "interventions.continual-backprop { when = target-update, replacement-rate = 0.1, maturity = 2 }"
      })
  void targetUpdate_withAFiring_givesTheTargetWhatWasLearned(String overrides) {
    Trained without = Trained.with("", 2, folder.resolve("without"));
    Trained with = Trained.with(overrides, 2, folder.resolve("with"));

    assertThat(with.target()).isEqualTo(without.target()).isEqualTo(without.online());
    assertThat(with.firings()).isNotEmpty();
  }

  @Test
  void firings_areNumberedEvents() {
    Trained agent =
        Trained.with(
            "interventions { reset-last-layer.when = target-update, reset-optimizer.when = once 9 }",
            4,
            folder);

    // the head is 5 x 4 and 4; Adam keeps two slots for each of 49 + 40 + 24 parameters
    assertThat(agent.firings())
        .containsExactly(
            new Firing("reset-last-layer", "dense-2", 6, 1, 0, 24),
            new Firing("reset-optimizer", "optimizer", 9, 1, 0, 2 * 113),
            new Firing("reset-last-layer", "dense-2", 12, 2, 0, 24));
  }

  @Test
  void observe_measurementPastTheThreshold_firesAfterTheNextCallOnce() {
    String when = "interventions.redo.when = \"statistics/dead-fraction > 0.3\"";
    try (TensorFlowAgentFactory factory = SmallTask.factory(when, folder);
        Learner learner = factory.createLearner()) {
      assertThat(learner.update(Trained.batch(learner, 0)).firings()).isEmpty();

      learner.observe(List.of(new Measurement(Metric.STATISTICS_DEAD_FRACTION, 3, 0.4)));

      assertThat(learner.update(Trained.batch(learner, 1)).firings())
          .extracting(Firing::intervention, Firing::step)
          .containsOnly(tuple("redo", 6L));
      assertThat(learner.update(Trained.batch(learner, 2)).firings()).isEmpty();
    }
  }

  @Test
  void shrinkAndPerturb_unknownLayer_isRefusedWithTheLayersThereAre() {
    String layers = "interventions.shrink-and-perturb { when = once 3, layers = [dense-9] }";

    assertThatThrownBy(() -> Trained.with(layers, 0, folder))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "limber.interventions.shrink-and-perturb.layers = dense-9 must name layers of the"
                + " network: dense-0, dense-1, dense-2");
  }

  @Test
  void active_whatIsOn_isToldWithWhenOrHowStrongly() {
    assertThat(SmallTask.settings(ALL).interventions().active())
        .containsEntry("redo", "every 3")
        .containsEntry("plasticity-injection", "once 6")
        .containsEntry("l2-init", "strength 0.001")
        .doesNotContainKey("nap");
    assertThat(SmallTask.settings("").interventions().active()).isEmpty();
  }

  @Test
  void resetLastLayer_atATargetUpdate_redrawsTheHeadAndItsSlotsOnly() {
    Trained without = Trained.with("", 2, folder.resolve("without"));
    Trained with =
        Trained.with(
            "interventions.reset-last-layer.when = target-update", 2, folder.resolve("with"));

    int head = without.offset("dense-2/kernel");
    int size = without.online().length;
    float[] online = with.online();
    assertThat(Arrays.copyOf(online, head)).isEqualTo(Arrays.copyOf(without.online(), head));
    assertThat(Arrays.copyOfRange(online, size - 4, size)).containsOnly(0);
    for (int i = head; i < size - 4; i++) {
      // LeCun's draw is cut at two deviations before it is widened by 1 / 0.8796
      assertThat(Math.abs(online[i])).isBetween(1e-6f, (float) (2 / 0.8796 / Math.sqrt(5)));
    }
    float[] expected = without.slots();
    Arrays.fill(expected, head, size, 0);
    Arrays.fill(expected, size + head, 2 * size, 0);
    assertThat(with.slots()).isEqualTo(expected);
  }

  @Test
  void resetOptimizer_momentsAndStep_leavesAFreshOptimizer() {
    Trained with = Trained.with("interventions.reset-optimizer.when = once 6", 2, folder);

    float[] slots = with.slots();
    assertThat(Arrays.copyOf(slots, slots.length - 3)).containsOnly(0);
    // the powers of both betas and the learning rate's factor
    assertThat(Arrays.copyOfRange(slots, slots.length - 3, slots.length)).containsOnly(1);
  }

  @Test
  void resetOptimizer_stepOnly_takesTheInnerEpsilonsPartOutOfTheMoments() {
    String adam = "optimizer.adam { beta2 = 0.9, inner-epsilon = 1.0e-3 }, ";
    Trained without = Trained.with(adam, 2, folder.resolve("without"));
    Trained with =
        Trained.with(
            adam + "interventions.reset-optimizer { when = once 6, slots = step-only }",
            2,
            folder.resolve("with"));

    int size = without.online().length;
    float part = (float) (1e-3 * (1 - Math.pow(0.9, 6)));
    float[] expected = without.slots();
    assertThat(Arrays.copyOf(with.slots(), size)).isEqualTo(Arrays.copyOf(expected, size));
    for (int i = size; i < 2 * size; i++) {
      // differences of numbers of size 1e-3 and more, rounded at 6e-8 of those
      assertThat(with.slots()[i] - (expected[i] - part)).isBetween(-1e-7f, 1e-7f);
    }
  }
}
