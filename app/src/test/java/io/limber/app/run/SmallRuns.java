package io.limber.app.run;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.core.config.Section;
import io.limber.core.data.DataSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole runs of 200 updates, of whatever an agent can be made of, on a hundred made-up images. */
final class SmallRuns {

  /** Makes any configuration small enough for a few seconds. */
  static final List<String> SMALL =
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

  /** Images for nature-cnn, which takes no smaller ones; IDX files hold any size. */
  private static final String LARGE = "large";

  private final Path data;

  /** Writes the images into {@code data}. */
  SmallRuns(Path data) throws IOException {
    this.data = data;
    for (DataSet set : DataSet.values()) {
      SmallDataSets.write(set, data.resolve(Section.kebab(set)));
    }
    SmallDataSets.writeIdx(data.resolve(LARGE), 84);
  }

  /** The assignment of a folder with images of a set, as large as a network needs them. */
  String directory(String network, String images) {
    boolean large = network.equals("nature-cnn") && !images.equals("cifar10");
    return "data.directory=\"" + data.resolve(large ? LARGE : images) + "\"";
  }

  static EffectiveConfig config(List<Path> files, List<String> texts) {
    List<Assignment> assignments = texts.stream().map(t -> Assignment.parse("--set", t)).toList();
    return EffectiveConfig.resolve(new ConfigSources(Optional.empty(), files, assignments));
  }

  /**
   * Trains to the end.
   *
   * @param console takes what is shown
   */
  static TrainingSummary run(EffectiveConfig config, Path folder, StringWriter console)
      throws IOException {
    RunConsole shown = new RunConsole(new PrintWriter(console, true), false, 80);
    return new TrainingRun(config, new TensorFlowAgents(), shown)
        .run(Optional.of(folder), new CompletableFuture<>());
  }

  /** All values of a metric, in their order. */
  static List<Double> values(TrainingSummary summary, String metric) throws IOException {
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
