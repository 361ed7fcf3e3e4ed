package io.limber.app.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.protos.MalformedDataException;
import io.limber.protos.SnapshotCodec;
import io.limber.protos.SnapshotFolder;
import io.limber.testkit.FakeParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

  @TempDir private Path run;
  private Path snapshots;
  private Path last;

  @BeforeEach
  void setUp() throws IOException {
    snapshots = run.resolve("snapshots");
    last = snapshots.resolve("final.limber");
    Files.writeString(run.resolve("config.conf"), "limber.seed = 3");
    keep(9);
    keep(10);
  }

  private void keep(long step) throws IOException {
    save(step, SnapshotFolder.of(snapshots, step).parameters());
  }

  private static void save(long step, Path file) throws IOException {
    SnapshotCodec.save(FakeParameters.snapshot(step, 1), file);
  }

  @Test
  void find_aFile_isThatFileWithTheConfigOfItsRun() throws IOException {
    SnapshotFile found = SnapshotFile.find(snapshots.resolve("9/parameters.limber"));

    assertThat(found.path()).isEqualTo(snapshots.resolve("9/parameters.limber"));
    assertThat(found.config()).contains(run.resolve("config.conf"));
  }

  @Test
  void find_theFolderOfAStep_isItsParameters() throws IOException {
    assertThat(SnapshotFile.find(snapshots.resolve("9")).path())
        .isEqualTo(snapshots.resolve("9/parameters.limber"));
  }

  @Test
  void find_aRunWhoseFinalSnapshotWasMeasured_isTheOneThatMayHaveTransitions() throws IOException {
    save(10, last);

    Path newest = snapshots.resolve("10/parameters.limber");
    assertThat(SnapshotFile.find(run).path()).isEqualTo(newest);
    assertThat(SnapshotFile.find(snapshots).path()).isEqualTo(newest);
  }

  @Test
  void find_aRunThatWentOnAfterItsLastMeasurement_isTheFinalSnapshot() throws IOException {
    save(11, last);

    assertThat(SnapshotFile.find(run).path()).isEqualTo(last);
    assertThat(SnapshotFile.find(run).config()).contains(run.resolve("config.conf"));
  }

  @Test
  void find_aRunWhoseFinalSnapshotIsDamaged_doesNotTakeAnOlderOne() throws IOException {
    Files.write(last, new byte[0]);

    assertThatThrownBy(() -> SnapshotFile.find(run))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage(last + ": it is empty");
  }

  @Test
  void find_nothing_saysWhatIsMissing() throws IOException {
    Path empty = Files.createDirectory(run.resolve("empty"));

    assertThatThrownBy(() -> SnapshotFile.find(run.resolve("gone")))
        .isInstanceOf(UnusableSnapshotException.class)
        .hasMessageContaining("gone must be there to be measured");
    assertThatThrownBy(() -> SnapshotFile.find(empty))
        .isInstanceOf(UnusableSnapshotException.class)
        .hasMessageContaining("must hold a snapshot: final.limber or STEP/parameters.limber");
  }
}
