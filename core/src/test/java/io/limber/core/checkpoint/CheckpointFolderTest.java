package io.limber.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.hash.Sha256;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.ReplaySettings;
import io.limber.core.replay.ReplayTable;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {

  private static final TransitionSpec SPEC = new TransitionSpec(100);

  @TempDir private Path root;
  private CheckpointFolder checkpoints;

  @BeforeEach
  void open() {
    checkpoints = new CheckpointFolder(root.resolve("checkpoints"));
  }

  private static ReplayTable table(int rows) {
    ReplaySettings settings = new ReplaySettings(100, 1, 1.0, 1000, Optional.empty(), 100, 1);
    ReplayTable table = ReplayTable.create(settings, SPEC, new SeededRandom(1));
    Transitions chunk = new Transitions(SPEC, rows);
    chunk.setSize(rows);
    table.insert(chunk);
    return table;
  }

  private Segment segment() throws IOException {
    try (ReplayTable table = table(40)) {
      return checkpoints.write(table.copyRows(0));
    }
  }

  private Segment handedOver() throws IOException {
    try (ReplayTable table = table(40)) {
      return checkpoints.handover().write(table.copyRows(0));
    }
  }

  /** With a file of 10 kB, one in a folder of its own, and a segment of replay rows. */
  private Checkpoint complete(long step, OptionalDouble best, Segment... segments)
      throws IOException {
    Path staging = checkpoints.stage(step);
    byte[] bytes = new byte[10_000];
    new SeededRandom(step).nextBytes(bytes);
    Files.write(staging.resolve("actors.state"), bytes);
    Files.createDirectories(staging.resolve("learner"));
    Files.writeString(staging.resolve("learner").resolve("value"), "at " + step);
    checkpoints.complete(
        staging, new Manifest("1", "fake", step, 40, 7, best, List.of(), List.of(segments)));
    return checkpoints.list().stream().filter(found -> found.step() == step).findFirst().get();
  }

  private Checkpoint complete(long step) throws IOException {
    return complete(step, OptionalDouble.empty());
  }

  private List<Long> whole() throws IOException {
    List<Long> steps = new ArrayList<>();
    for (Checkpoint checkpoint : checkpoints.list()) {
      try {
        checkpoint.verify();
        steps.add(checkpoint.step());
      } catch (UnusableCheckpointException expected) {
        assertThat(expected).hasMessageContaining(checkpoint.path().getParent().toString());
      }
    }
    return steps;
  }

  private List<Path> segmentFiles() throws IOException {
    try (Stream<Path> files = Files.list(checkpoints.path().resolve("replay"))) {
      return files.toList();
    }
  }

  @Test
  void verify_ofACompleteCheckpoint_givesItsManifest() throws Exception {
    Segment segment = segment();
    Manifest manifest = complete(100, OptionalDouble.of(0.5), segment).verify();

    assertThat(manifest.step()).isEqualTo(100);
    assertThat(manifest.best()).hasValue(0.5);
    assertThat(manifest.segments()).containsExactly(segment);
    assertThat(manifest.files())
        .extracting(CheckpointFile::path)
        .containsExactly("step-000000100/actors.state", "step-000000100/learner/value");
    assertThat(manifest.bytes()).isEqualTo(10_000 + 6 + segment.file().bytes());
  }

  /** Every file at every 4 KiB boundary, and one byte short. */
  @Test
  void verify_ofAFileCutShort_namesIt() throws Exception {
    Checkpoint checkpoint = complete(1, OptionalDouble.empty(), segment());
    for (Path file : Durable.files(checkpoints.path())) {
      byte[] bytes = Files.readAllBytes(file);
      for (int length = 0; length < bytes.length; length += 4096) {
        refusesWith(checkpoint, file, Arrays.copyOf(bytes, length));
      }
      refusesWith(checkpoint, file, Arrays.copyOf(bytes, bytes.length - 1));
      Files.write(file, bytes);
    }
    checkpoint.verify();
  }

  /** A sample of all bits of all files. */
  @Test
  void verify_ofAFlippedBit_namesTheFile() throws Exception {
    Checkpoint checkpoint = complete(1, OptionalDouble.empty(), segment());
    SeededRandom random = new SeededRandom(9);
    for (Path file : Durable.files(checkpoints.path())) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 0; i < 50; i++) {
        byte[] flipped = bytes.clone();
        flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        refusesWith(checkpoint, file, flipped);
      }
      Files.write(file, bytes);
    }
    checkpoint.verify();
  }

  private static void refusesWith(Checkpoint checkpoint, Path file, byte[] bytes)
      throws IOException {
    boolean marker = file.endsWith(Checkpoint.DONE);
    Files.write(file, bytes);
    // a marker that does not fit is one with the manifest that does not fit it
    Path named = marker ? file.resolveSibling(Checkpoint.MANIFEST) : file;
    assertThatThrownBy(checkpoint::verify)
        .isInstanceOf(UnusableCheckpointException.class)
        .hasMessageContaining(named.toString());
  }

  @Test
  void verify_ofADeletedFile_namesIt() throws Exception {
    Checkpoint checkpoint = complete(1, OptionalDouble.empty(), segment());
    for (Path file : Durable.files(checkpoints.path())) {
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      assertThatThrownBy(checkpoint::verify)
          .isInstanceOf(UnusableCheckpointException.class)
          .hasMessageContaining(file + " is missing");
      Files.write(file, bytes);
    }
    checkpoint.verify();
  }

  @Test
  void verify_ofAFileTooMany_namesIt() throws Exception {
    Checkpoint checkpoint = complete(1);
    Path foreign = checkpoint.path().resolve("learner").resolve("foreign");
    Files.writeString(foreign, "x");

    assertThatThrownBy(checkpoint::verify)
        .hasMessageContaining(foreign + " is not in the manifest");
  }

  @Test
  void verify_ofANewerFormat_saysSo() throws Exception {
    Checkpoint checkpoint = complete(1);
    Path manifest = checkpoint.path().resolve(Checkpoint.MANIFEST);
    String newer =
        Files.readString(manifest).replaceAll("\"format-version\" ?: ?1", "\"format-version\": 2");
    Files.writeString(manifest, newer);
    Files.writeString(checkpoint.path().resolve(Checkpoint.DONE), Sha256.of(newer.getBytes()));

    assertThatThrownBy(checkpoint::verify)
        .hasMessageContaining("format version 2, this Limber reads 1 to 1: a newer Limber");
  }

  @Test
  void manifest_thatLeadsOutOfTheFolder_isRefused() {
    assertThatThrownBy(() -> new CheckpointFile("../secret", 1, "0".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CheckpointFile("step-1/../../secret", 1, "0".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void clean_afterAnInterruptedCheckpoint_leavesTheCompleteOne() throws Exception {
    Segment kept = segment();
    complete(1, OptionalDouble.empty(), kept);
    Files.writeString(checkpoints.stage(2).resolve("actors.state"), "half");
    segment(); // written for the one that never was

    checkpoints.clean();

    assertThat(whole()).containsExactly(1L);
    assertThat(segmentFiles()).containsExactly(checkpoints.path().resolve(kept.file().path()));
    try (Stream<Path> entries = Files.list(checkpoints.path())) {
      assertThat(entries.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("step-000000001", "replay");
    }
  }

  @Test
  void rotate_whileRowsAreHandedOver_leavesThemAlone() throws Exception {
    Segment rows = handedOver();

    complete(10);
    checkpoints.rotate(new Retention(1, 0));

    assertThat(rows.file().problemIn(checkpoints.handover().path())).isEmpty();
  }

  @Test
  void adopt_rowsThatAreHandedOver_outlivesThem() throws Exception {
    Segment adopted = checkpoints.adopt(handedOver(), checkpoints.handover());
    Segment again = checkpoints.adopt(handedOver(), checkpoints.handover());

    checkpoints.handover().delete();

    Checkpoint whole = complete(10, OptionalDouble.empty(), adopted, again);
    assertThat(whole.verify().segments()).containsExactly(adopted, again);
    assertThat(root.resolve("handover")).doesNotExist();
  }

  @Test
  void adopt_rowsThatAreNotThereInFull_isRefusedAndLeavesNothing() throws Exception {
    Segment rows = handedOver();
    Path file = checkpoints.handover().path().resolve(rows.file().path());
    Files.write(file, new byte[10]);

    assertThatThrownBy(() -> checkpoints.adopt(rows, checkpoints.handover()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    assertThat(checkpoints.path().resolve("replay")).doesNotExist();
  }

  @Test
  void clean_afterARunThatWasKilled_deletesRowsThatNobodyTookOver() throws Exception {
    handedOver();

    checkpoints.clean();

    assertThat(root.resolve("handover")).doesNotExist();
  }

  @Test
  void rotate_keepsTheNewestAndTheBest() throws Exception {
    Segment old = segment();
    complete(1, OptionalDouble.of(0.9), old);
    complete(2, OptionalDouble.of(0.1), segment());
    complete(3, OptionalDouble.empty());
    complete(4, OptionalDouble.of(0.2));
    complete(5, OptionalDouble.of(0.3));

    checkpoints.rotate(new Retention(2, 1));

    assertThat(whole()).containsExactly(5L, 4L, 1L);
    assertThat(segmentFiles()).containsExactly(checkpoints.path().resolve(old.file().path()));
  }

  @Test
  void rotate_withATornOneAmongThem_deletesItAndCountsItNot() throws Exception {
    complete(1);
    complete(2);
    Files.delete(complete(3).path().resolve(Checkpoint.DONE));

    checkpoints.rotate(new Retention(2, 0));

    assertThat(checkpoints.list()).extracting(Checkpoint::step).containsExactly(2L, 1L);
  }

  @Test
  void supersedeAfter_anOlderStep_takesTheLaterOnesOutOfUse() throws Exception {
    complete(1);
    complete(2);
    complete(3);

    assertThat(checkpoints.supersedeAfter(1)).extracting(Checkpoint::step).containsExactly(3L, 2L);

    assertThat(whole()).containsExactly(1L);
    complete(2); // in place of the old one
    assertThat(whole()).containsExactly(2L, 1L);
  }

  @Test
  void reinstate_whatWasSuperseded_isInUseAgain() throws Exception {
    complete(1);
    complete(2);

    for (Checkpoint superseded : checkpoints.supersedeAfter(1)) {
      checkpoints.reinstate(superseded);
    }

    assertThat(whole()).containsExactly(2L, 1L);
  }
}
