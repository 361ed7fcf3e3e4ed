package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.Settings;
import io.limber.core.config.InvalidSettingException;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an agent can be made of, as the configuration itself names it: every pair of network, layer
 * norm, task, objective, output, optimiser, intervention and data set that makes sense runs a few
 * hundred updates, and every probe runs on each network.
 */
class CombinationsIT {

  private static final Pattern CHOICES = Pattern.compile("must be one of ([a-z0-9, -]+)");
  private static final String NONE = "none";

  /** Where a task stands still, so that its loss falls within a few hundred updates. */
  private static final String LEARNABLE = "supervised";

  /** What brings the loss back up at each target update, so often that it never falls far. */
  private static final List<String> SETBACKS = List.of("reset-last-layer", "shrink-and-perturb");

  @TempDir static Path data;
  private static SmallRuns runs;

  @TempDir Path folder;

  private final StringWriter console = new StringWriter();

  @BeforeAll
  static void writeDataSets() throws IOException {
    runs = new SmallRuns(data);
  }

  static Stream<Map<String, String>> combinations() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String key :
        List.of(
            "network.kind",
            "environment.kind",
            "objective.kind",
            "objective.output",
            "optimizer.kind",
            "data.name")) {
      values.put(key, choices(key));
    }
    values.put("network.layer-norm", List.of("false", "true"));
    values.put("intervention", interventions());
    return Pairs.cover(values, CombinationsIT::isSensible, 1).stream();
  }

  static Stream<String> networks() {
    return choices("network.kind").stream();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void train_eachPairOfChoices_reachesItsEndWithFiniteLosses(Map<String, String> combination)
      throws IOException {
    TrainingSummary summary = run(assignments(combination));

    assertThat(summary.outcome()).as(console.toString()).isEqualTo(Outcome.COMPLETED);
    List<Double> losses = SmallRuns.values(summary, "learner/loss");
    assertThat(losses).hasSize(4).allMatch(Double::isFinite);
    if (isLearnable(combination)) {
      assertThat(losses.get(3)).as("loss of " + combination).isLessThan(losses.get(0));
    }
    List<Double> firings = SmallRuns.values(summary, "intervention/firings");
    if (combination.get("intervention").equals(NONE)) {
      assertThat(firings).isEmpty();
    } else if (switchedOn(combination.get("intervention")).contains("target-update")) {
      assertThat(firings).as("firings of " + combination).isNotEmpty();
    }
  }

  @Test
  void combinations_ofTheConfiguration_haveEveryChoice() {
    List<Map<String, String>> all = combinations().toList();

    for (String key :
        List.of(
            "network.kind",
            "environment.kind",
            "objective.kind",
            "objective.output",
            "optimizer.kind",
            "data.name")) {
      assertThat(all).extracting(c -> c.get(key)).containsAll(choices(key));
    }
    assertThat(all).extracting(c -> c.get("intervention")).containsAll(interventions());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void train_withEveryProbe_measuresEachNetwork(String network) throws IOException {
    List<String> assignments = new ArrayList<>(SmallRuns.SMALL);
    assignments.add("network.kind=" + network);
    assignments.add(runs.directory(network, "mnist"));
    assignments.add("network.resnet18.normalization=layer"); // batch norm has no single gradients
    for (String probe : TensorFlowAgentFactory.PROBES) {
      assignments.add("probe.schedule." + probe + "=100");
    }

    TrainingSummary summary = run(assignments);

    assertThat(summary.outcome()).as(console.toString()).isEqualTo(Outcome.COMPLETED);
    assertThat(summary.end().orElseThrow().probes().failed()).isZero();
    // steps 0, 100 and 200
    assertThat(summary.end().orElseThrow().probes().completed())
        .isEqualTo(3 * TensorFlowAgentFactory.PROBES.size());
  }

  @Test
  void train_batchNorm_isMeasuredByAllProbesButThatOfSingleGradients() throws IOException {
    List<String> assignments = new ArrayList<>(SmallRuns.SMALL);
    assignments.add("network.kind=resnet18");
    assignments.add(runs.directory("resnet18", "cifar10"));
    assignments.add("data.name=cifar10");
    for (String probe : List.of("plasticity", "hessian", "landscape", "statistics")) {
      assignments.add("probe.schedule." + probe + "=100");
    }

    TrainingSummary summary = run(assignments);

    assertThat(summary.outcome()).as(console.toString()).isEqualTo(Outcome.COMPLETED);
    assertThat(summary.end().orElseThrow().probes().failed()).isZero();
    assertThat(summary.end().orElseThrow().probes().completed()).isEqualTo(3 * 4);
  }

  /** The choices of a key, as the refusal of a wrong one lists them. */
  private static List<String> choices(String key) {
    try {
      Settings.check(config(List.of(key + "=none-such")).limber());
    } catch (InvalidConfigException e) {
      Matcher choices = CHOICES.matcher(e.getMessage());
      assertThat(choices.find()).as(e.getMessage()).isTrue();
      return List.of(choices.group(1).trim().split(", "));
    }
    throw new AssertionError(key + " takes anything");
  }

  private static List<String> interventions() {
    List<String> names =
        new ArrayList<>(
            ConfigFactory.load().getConfig("limber.interventions").root().keySet().stream()
                .sorted()
                .toList());
    names.add(0, NONE);
    return names;
  }

  private static boolean isSensible(Map<String, String> combination) {
    try {
      Settings settings = Settings.check(config(assignments(combination)).limber());
      Task task = Task.of(settings);
      new TensorFlowAgents().check(settings, task.random(), task.observations(), task.actions());
      return true;
    } catch (InvalidConfigException | InvalidSettingException e) {
      assertThat(e).hasMessageContaining("limber.");
      return false;
    }
  }

  private static List<String> assignments(Map<String, String> combination) {
    List<String> assignments = new ArrayList<>(SmallRuns.SMALL);
    assignments.add("probe.schedule.plasticity=0"); // probes have a test of their own
    combination.forEach(
        (key, value) -> {
          if (!key.equals("intervention")) {
            assignments.add(key + "=" + value);
          } else if (!value.equals(NONE)) {
            assignments.add(switchedOn(value));
          }
        });
    assignments.add(runs.directory(combination.get("network.kind"), combination.get("data.name")));
    if (combination.get("optimizer.kind").equals("sgd")) {
      assignments.add("optimizer.learning-rate=1.0e-2"); // plain descent takes small steps
    }
    return assignments;
  }

  /**
   * Whether the loss has to fall. That of an agent need not so soon: it bootstraps from itself, and
   * acts at random in its first 200 steps, so that its reward says nothing either; that agents
   * learn is shown by longer runs in {@link TrainingRunIT}.
   */
  private static boolean isLearnable(Map<String, String> combination) {
    return combination.get("environment.kind").equals(LEARNABLE)
        && !SETBACKS.contains(combination.get("intervention"));
  }

  /** Each in its own way, as its section says. */
  private static String switchedOn(String intervention) {
    String path = "interventions." + ConfigUtil.quoteString(intervention);
    Config section = ConfigFactory.load().getConfig("limber." + path);
    if (section.hasPath("when")) {
      return path
          + ".when="
          + (intervention.contains("injection") ? "\"once 100\"" : "target-update");
    }
    return section.hasPath("enabled") ? path + ".enabled=true" : path + ".strength=1.0e-3";
  }

  private static EffectiveConfig config(List<String> assignments) {
    return SmallRuns.config(List.of(), assignments);
  }

  private TrainingSummary run(List<String> assignments) throws IOException {
    return SmallRuns.run(config(assignments), folder.resolve("run"), console);
  }
}
