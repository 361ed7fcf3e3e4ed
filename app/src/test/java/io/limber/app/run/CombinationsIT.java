package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.Settings;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.core.data.DataSet;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

  private static final List<String> SMALL =
      List.of(
          "device=cpu",
          "run.mode=lockstep",
          "run.updates=200",
          "run.report-period=50",
          "run.policy-period=50",
          "run.evaluation-steps=0",
          "learner.batch-size=8",
          "learner.updates-per-call=2", // small programs, which TensorFlow plans faster
          "learner.target-update-period=50",
          "environments.per-actor=8",
          "replay.capacity=500",
          "replay.min-size=64",
          "replay.samples-per-insert=8",
          "network.hidden-widths=[12, 8]",
          "network.cnn.filters=[4, 4]",
          "network.cnn.dense-widths=[8]",
          "network.resnet18.width=2",
          "network.vit={ dimension = 8, feed-forward = 16, heads = 2, patch = 7 }",
          "optimizer.schedule={ kind = linear, decay-steps = 1000, warm-up-steps = 10 }",
          "interventions.continual-backprop={ maturity = 50, replacement-rate = 0.01 }",
          "plasticity={ targets = 2, steps = 10, transitions = 32, batch-size = 16 }",
          "hessian={ transitions = 32, eigenvalues.max-order = 6, density.order = 4 }",
          "gradient-covariance={ examples = 16, clusters = 3 }",
          "landscape={ transitions = 32, points = 5, grid-points = 3, max-order = 6 }",
          "statistics.transitions=32");

  @TempDir static Path data;
  @TempDir Path folder;

  private final StringWriter console = new StringWriter();

  @BeforeAll
  static void writeDataSets() throws IOException {
    for (DataSet set : DataSet.values()) {
      SmallDataSets.write(set, data.resolve(Section.kebab(set)));
    }
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
    return choices("network.kind").stream().filter(network -> !network.equals("nature-cnn"));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void train_eachPairOfChoices_reachesItsEndWithFiniteLosses(Map<String, String> combination)
      throws IOException {
    TrainingSummary summary = run(assignments(combination));

    assertThat(summary.outcome()).as(console.toString()).isEqualTo(Outcome.COMPLETED);
    List<Double> losses = values(summary, "learner/loss");
    assertThat(losses).hasSize(4).allMatch(Double::isFinite);
    List<Double> firings = values(summary, "intervention/firings");
    if (combination.get("intervention").equals(NONE)) {
      assertThat(firings).isEmpty();
    } else if (switchedOn(combination.get("intervention")).contains("target-update")) {
      assertThat(firings).as("firings of " + combination).isNotEmpty();
    }
  }

  @Test
  void combinations_ofTheConfiguration_haveEveryChoice() {
    List<Map<String, String>> all = combinations().toList();

    for (String key : List.of("objective.kind", "optimizer.kind", "data.name")) {
      assertThat(all).extracting(c -> c.get(key)).containsAll(choices(key));
    }
    List<String> networks = new ArrayList<>(choices("network.kind"));
    networks.remove("nature-cnn"); // takes images of 84x84, which no data set has
    assertThat(all).extracting(c -> c.get("network.kind")).containsAll(networks);
    assertThat(all).extracting(c -> c.get("intervention")).containsAll(interventions());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void train_withEveryProbe_measuresEachNetwork(String network) throws IOException {
    List<String> assignments = new ArrayList<>(SMALL);
    assignments.add("network.kind=" + network);
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
    List<String> assignments = new ArrayList<>(SMALL);
    assignments.add("probe.schedule.plasticity=0"); // probes have a test of their own
    combination.forEach(
        (key, value) -> {
          if (!key.equals("intervention")) {
            assignments.add(key + "=" + value);
          } else if (!value.equals(NONE)) {
            assignments.add(switchedOn(value));
          }
        });
    assignments.add("data.directory=\"" + data.resolve(combination.get("data.name")) + "\"");
    return assignments;
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

  private static EffectiveConfig config(List<String> texts) {
    List<Assignment> assignments = texts.stream().map(t -> Assignment.parse("--set", t)).toList();
    return EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), assignments));
  }

  private TrainingSummary run(List<String> assignments) throws IOException {
    RunConsole shown = new RunConsole(new PrintWriter(console, true), false, 80);
    return new TrainingRun(config(assignments), new TensorFlowAgents(), shown)
        .run(Optional.of(folder.resolve("run")), new CompletableFuture<>());
  }

  private static List<Double> values(TrainingSummary summary, String metric) throws IOException {
    Pattern value = Pattern.compile("\"" + metric + "\":([^,}]+)");
    List<Double> values = new ArrayList<>();
    for (String line : Files.readAllLines(summary.folder().path().resolve("metrics.jsonl"))) {
      Matcher matcher = value.matcher(line);
      if (matcher.find()) {
        values.add(Double.parseDouble(matcher.group(1).replace("\"", "")));
      }
    }
    return values;
  }
}
