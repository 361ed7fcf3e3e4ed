package io.limber.actors.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.SnapshotCodec;
import io.limber.protos.SnapshotFolder;
import io.limber.protos.TransitionsCodec;
import io.limber.testkit.FakeParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptSnapshotsTest {

  private static final TransitionSpec SPEC = new TransitionSpec(2);

  @TempDir private Path folder;
  private Path snapshots;

  @BeforeEach
  void setUp() {
    snapshots = folder.resolve("snapshots");
  }

  @Test
  void keep_none_writesNothing() {
    new KeptSnapshots(snapshots, 0).keep(task("alpha", 10));

    assertThat(snapshots).doesNotExist();
  }

  @Test
  void keep_ofOne_leavesParametersAndTransitionsToReadBack() throws IOException {
    new KeptSnapshots(snapshots, 1).keep(task("alpha", 10));

    SnapshotFolder kept = SnapshotFolder.in(snapshots).get(10L);
    assertThat(SnapshotCodec.load(kept.parameters()).step()).isEqualTo(10);
    Transitions transitions = TransitionsCodec.load(kept.transitions("alpha"), SPEC);
    assertThat(transitions.size()).isEqualTo(3);
    assertThat(transitions.sT().get(5)).isEqualTo((byte) 10);
  }

  @Test
  void keep_last_dropsAStepOnceNoProbeNeedsIt() throws IOException {
    KeptSnapshots kept = new KeptSnapshots(snapshots, 1);
    kept.keep(task("alpha", 0));
    kept.keep(task("beta", 0));

    kept.keep(task("alpha", 10));
    assertThat(files())
        .containsExactly(
            "0/beta",
            "0/optimizer",
            "0/parameters",
            "0/target",
            "10/alpha",
            "10/optimizer",
            "10/parameters",
            "10/target");

    kept.keep(task("beta", 10));
    assertThat(files())
        .containsExactly("10/alpha", "10/beta", "10/optimizer", "10/parameters", "10/target");
    assertThat(snapshots.resolve("0")).doesNotExist();
  }

  @Test
  void keep_aMeasurementThatWasOvertaken_leavesTheNewerOne() throws IOException {
    KeptSnapshots kept = new KeptSnapshots(snapshots, 1);
    kept.keep(task("alpha", 20));

    kept.keep(task("alpha", 10));

    assertThat(files()).containsExactly("20/alpha", "20/optimizer", "20/parameters", "20/target");
  }

  @Test
  void keep_all_isBounded() throws IOException {
    KeptSnapshots kept = new KeptSnapshots(snapshots, 2);
    for (long step : new long[] {0, 10, 20}) {
      kept.keep(task("alpha", step));
    }

    assertThat(SnapshotFolder.in(snapshots).keySet()).containsExactly(10L, 20L);
  }

  @Test
  void keep_besideAFileOfAUser_leavesThatFile() throws IOException {
    KeptSnapshots kept = new KeptSnapshots(snapshots, 1);
    kept.keep(task("alpha", 0));
    Files.writeString(snapshots.resolve("0/notes.txt"), "mine");

    kept.keep(task("alpha", 10));

    assertThat(files())
        .containsExactly("0/notes", "10/alpha", "10/optimizer", "10/parameters", "10/target");
  }

  @Test
  void keep_whereNothingCanBeWritten_costsNoMeasurement() throws IOException {
    Files.writeString(snapshots, "a file where the folder should be");

    new KeptSnapshots(snapshots, 1).keep(task("alpha", 0)); // throws nothing

    assertThat(snapshots).isRegularFile();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(snapshots)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> snapshots.relativize(file).toString().replaceAll("\\..*", ""))
          .sorted()
          .toList();
    }
  }

  private static ProbeTask task(String probe, long step) {
    Transitions transitions = new Transitions(SPEC, 3);
    transitions.setSize(3);
    transitions.sT().put(5, (byte) step);
    return ProbeTask.first(0, probe, FakeParameters.agent(step, 1), transitions);
  }
}
