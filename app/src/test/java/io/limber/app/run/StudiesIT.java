package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.Settings;
import io.limber.core.config.Section;
import io.limber.numerics.agent.TensorFlowAgentFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of conf/studies can be given to train: as it is, and at small size to its end. */
class StudiesIT {

  private static final Path STUDIES = Path.of("..", "conf", "studies");

  @TempDir static Path data;
  private static SmallRuns runs;

  @TempDir Path folder;

  private final StringWriter console = new StringWriter();

  @BeforeAll
  static void writeDataSets() throws IOException {
    runs = new SmallRuns(data);
  }

  static Stream<Path> studies() throws IOException {
    try (Stream<Path> files = Files.list(STUDIES)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("studies")
  void train_eachStudyAtSmallSize_reachesItsEndWithItsProbes(Path study) throws IOException {
    Section whole = SmallRuns.config(List.of(study), List.of()).limber();
    Settings.check(whole);
    List<String> probes = probes(whole);

    TrainingSummary summary =
        SmallRuns.run(small(study, whole, probes), folder.resolve("run"), console);

    assertThat(summary.outcome()).as(console.toString()).isEqualTo(Outcome.COMPLETED);
    assertThat(SmallRuns.values(summary, "learner/loss")).hasSize(4).allMatch(Double::isFinite);
    // steps 0, 100 and 200
    assertThat(probes).isNotEmpty();
    assertThat(summary.end().orElseThrow().probes().completed()).isEqualTo(3L * probes.size());
  }

  private static List<String> probes(Section whole) {
    return TensorFlowAgentFactory.PROBES.stream()
        .filter(probe -> whole.wholeNumber("probe.schedule." + probe) > 0)
        .toList();
  }

  private static EffectiveConfig small(Path study, Section whole, List<String> probes) {
    List<String> assignments = new ArrayList<>(SmallRuns.SMALL);
    probes.forEach(probe -> assignments.add("probe.schedule." + probe + "=100"));
    assignments.add(runs.directory(whole.string("network.kind"), whole.string("data.name")));
    assignments.add("data.limit=100");
    return SmallRuns.config(List.of(study), assignments);
  }
}
