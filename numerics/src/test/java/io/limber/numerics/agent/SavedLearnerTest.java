package io.limber.numerics.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.typesafe.config.ConfigFactory;
import io.limber.core.agent.AgentSnapshot;
import io.limber.core.agent.Learner;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.agent.Policy;
import io.limber.core.agent.Recovery;
import io.limber.core.agent.UpdateReport;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner that is saved and goes on elsewhere is the one that was not, bit for bit. */
class SavedLearnerTest {

  private static final int CALLS_BEFORE = 5;
  private static final int CALLS_AFTER = 6;

  /** Each so that it has fired or adapted before the learner is saved, and does again later. */
  private static final Map<String, String> INTERVENTIONS =
      new TreeMap<>(
          Map.of(
              "reset-last-layer", "reset-last-layer.when = target-update",
              "reset-optimizer", "reset-optimizer.when = every 9",
              "shrink-and-perturb", "shrink-and-perturb.when = every 9",
              "redo", "redo { when = every 6, dormant-threshold = 0.4 }",
              "continual-backprop",
                  "continual-backprop { when = every 3, replacement-rate = 0.05, maturity = 2 }",
              "l2-init", "l2-init.strength = 1.0e-2",
              "spectral-normalisation", "spectral-normalisation.enabled = true",
              "plasticity-injection",
                  "plasticity-injection.when = \"statistics/dead-fraction > 0\"",
              "nap", "nap.when = every 6"));

  @TempDir Path folder;

  static Stream<String> interventions() {
    return INTERVENTIONS.values().stream()
        .map(settings -> "network.layer-norm = true, interventions { " + settings + " }");
  }

  @Test
  void interventions_ofTheConfiguration_areAllTriedHere() {
    var section = ConfigFactory.parseResources("reference.conf").getConfig("limber.interventions");

    assertThat(INTERVENTIONS.keySet()).isEqualTo(section.root().keySet());
  }

  @ParameterizedTest
  @MethodSource("interventions")
  @ValueSource(
      strings = {
        "",
        "optimizer.kind = adamw, optimizer.schedule { kind = cosine, decay-steps = 40, warm-up-steps = 20 }",
        "optimizer { kind = rmsprop, rmsprop.centred = true }",
        "optimizer { kind = sgd, sgd.momentum = 0.9, max-gradient-norm = 0.1 }",
        "network { kind = vit, vit { patch = 2, dimension = 4, feed-forward = 6, heads = 2 } }",
        "objective { output = categorical, kind = double-dqn }"
      })
  void restore_inAnotherSession_goesOnBitForBit(String overrides) throws IOException {
    try (var factory = SmallTask.factory(overrides, folder.resolve("program"));
        Learner uninterrupted = factory.createLearner();
        Learner other = factory.createLearner()) {
      run(uninterrupted, 0, CALLS_BEFORE);
      uninterrupted.observe(crossing());
      SavedState state = uninterrupted.save(folder.resolve("saved"));
      List<UpdateReport> expected = run(uninterrupted, CALLS_BEFORE, CALLS_AFTER);

      other.restore(folder.resolve("saved"), state);
      List<UpdateReport> seen = run(other, CALLS_BEFORE, CALLS_AFTER);

      assertThat(seen).isEqualTo(expected);
      assertSame(other.agentSnapshot(), uninterrupted.agentSnapshot());
    }
  }

  @Test
  void restore_ofAnotherNetworkOrOptimiser_isRefusedNamingTheDifference() throws IOException {
    SavedState state;
    try (var factory = SmallTask.factory("", folder.resolve("a"));
        Learner learner = factory.createLearner()) {
      state = learner.save(folder.resolve("saved"));
    }
    try (var factory = SmallTask.factory("optimizer.kind = rmsprop", folder.resolve("b"));
        Learner learner = factory.createLearner()) {
      assertThatThrownBy(() -> learner.restore(folder.resolve("saved"), state))
          .isInstanceOf(UnusableStateException.class)
          .hasMessageContaining("rmsprop-mean-square")
          .hasMessageContaining("adam-m");
    }
  }

  @Test
  void recover_withAFactor_scalesFurtherSteps() {
    // plain descent, so that a step is the rate times the gradient
    String plain = "optimizer { kind = sgd, sgd.momentum = 0 }, learner.updates-per-call = 1";
    float[] whole = firstStep(plain, new Recovery(1, true), folder.resolve("whole"));
    float[] half = firstStep(plain, new Recovery(0.5, false), folder.resolve("half"));

    for (int i = 0; i < whole.length; i++) {
      // differences of parameters near 1 in single precision
      assertThat(half[i]).isCloseTo(whole[i] / 2, within(2e-7f));
    }
  }

  @Test
  void recover_restartingTheOptimiser_clearsItsMomentsAndKeepsParameters() {
    try (var factory = SmallTask.factory("", folder.resolve("program"));
        Learner learner = factory.createLearner()) {
      run(learner, 0, 2);
      AgentSnapshot before = learner.agentSnapshot();

      learner.recover(new Recovery(1, true));

      AgentSnapshot after = learner.agentSnapshot();
      float[] slots = values(after.optimizer().orElseThrow());
      assertThat(values(after.online())).isEqualTo(values(before.online()));
      // before the first step Adam's moments are zero, its two powers and the rate's factor one
      for (int i = 0; i < slots.length; i++) {
        assertThat(slots[i]).isEqualTo(i < slots.length - 3 ? 0f : 1f);
      }
    }
  }

  @Test
  void savedFolder_inPythonsTensorFlow_actsAndHoldsTheVariables() throws Exception {
    assumeThat(python("import tensorflow")).as("Python's TensorFlow is not here").isZero();
    try (var factory = SmallTask.factory("", folder.resolve("program"));
        Learner learner = factory.createLearner();
        Policy policy = factory.createPolicy()) {
      run(learner, 0, 2);
      learner.save(folder.resolve("saved"));
      float first = values(learner.snapshot())[0];
      policy.load(learner.snapshot());
      Transitions seen = SmallTask.transitions(64, 99);
      int[] actions = new int[64];
      policy.act(seen.sT(), 64, actions);
      byte[] images = new byte[64 * SmallTask.OBSERVATIONS.bytes()];
      seen.sT().duplicate().position(0).get(images);

      int ended =
          python(
              "import numpy as np, tensorflow as tf\n"
                  + "folder = '%s'\n".formatted(folder.resolve("saved"))
                  + "variables = tf.train.load_checkpoint(folder + '/variables/variables')\n"
                  + "kernel = variables.get_tensor('online/dense-0/kernel')\n"
                  + "assert kernel[0, 0] == np.float32(%s), kernel[0, 0]\n".formatted(first)
                  + "act = tf.saved_model.load(folder).signatures['act']\n"
                  + "images = np.array(%s, 'int8').view('uint8')\n"
                      .formatted(Arrays.toString(images))
                  + "actions = act(observations=tf.constant(images.reshape(64, 2, 3, 1)))\n"
                  + "assert list(actions['actions'].numpy()) == %s\n"
                      .formatted(Arrays.toString(actions)));

      assertThat(ended).isZero();
    }
  }

  private static int python(String program) throws Exception {
    try {
      Process process =
          new ProcessBuilder(
                  System.getenv().getOrDefault("LIMBER_PYTHON", "python3"), "-c", program)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(
                  program.contains("\n")
                      ? ProcessBuilder.Redirect.INHERIT
                      : ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // no Python here
    }
  }

  /** How far one update moves each parameter after a recovery at the start. */
  private static float[] firstStep(String overrides, Recovery recovery, Path folder) {
    try (var factory = SmallTask.factory(overrides, folder);
        Learner learner = factory.createLearner()) {
      float[] before = values(learner.snapshot());
      learner.recover(recovery);
      run(learner, 0, 1);
      float[] moved = values(learner.snapshot());
      for (int i = 0; i < moved.length; i++) {
        moved[i] -= before[i];
      }
      return moved;
    }
  }

  private static List<UpdateReport> run(Learner learner, int from, int calls) {
    List<UpdateReport> reports = new ArrayList<>();
    for (int call = from; call < from + calls; call++) {
      int rows = learner.batchSize() * learner.updatesPerCall();
      Transitions batch = SmallTask.transitions(rows, call);
      reports.add(learner.update(batch));
    }
    return reports;
  }

  private static List<Measurement> crossing() {
    return List.of(new Measurement(Metric.STATISTICS_DEAD_FRACTION, 3, 0.5));
  }

  private static void assertSame(AgentSnapshot seen, AgentSnapshot expected) {
    assertThat(values(seen.online())).isEqualTo(values(expected.online()));
    assertThat(values(seen.target().orElseThrow()))
        .isEqualTo(values(expected.target().orElseThrow()));
    assertThat(values(seen.optimizer().orElseThrow()))
        .isEqualTo(values(expected.optimizer().orElseThrow()));
  }

  private static float[] values(ParameterSnapshot snapshot) {
    float[] values = new float[snapshot.layout().size()];
    snapshot.values().get(values);
    return values;
  }
}
