package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.limber.app.Main;
import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.checkpoint.UnusableCheckpointException;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose folder is on a disk that is really full for a while: a small one in memory. */
class FullDiskIT {

  private static final String SIZE = "24m";
  private static final int PIECE_BYTES = 4096;
  private static final long REPORT_PERIOD = 100;
  private static final long TARGET_PERIOD = 100;

  @TempDir private Path folder;

  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(mount.getInputStream().readAllBytes());
    assumeTrue(mount.waitFor() == 0, () -> "only root may mount a small disk here: " + said);
  }

  @AfterEach
  void unmount() throws Exception {
    new ProcessBuilder("umount", "--lazy", disk.toString()).start().waitFor();
  }

  @Test
  void disk_thatIsFullForAWhile_costsTheRunNothing() throws Exception {
    try (JavaProcess train = train()) {
      train.awaitLine(line -> line.startsWith("train"));
      Await.until("a checkpoint", JavaProcess.LIMIT, () -> newest().isPresent());

      fillUntil(() -> said(train, "no checkpoint at step") && said(train, "jsonl fails"));
      long before = newest().getAsLong();
      long step = step(train);
      train.awaitLine(line -> stepOf(line) > step + 10 * REPORT_PERIOD); // training goes on
      Await.until("an alert", JavaProcess.LIMIT, () -> said(train, "Alert: checkpoint-failing"));
      assertThat(newest()).as("the checkpoint of before").hasValue(before);
      checkpoint(before).verify();

      Files.delete(ballast());
      Await.until(
          "a checkpoint once there is room",
          JavaProcess.LIMIT,
          () -> newest().orElse(0) > before + 10 * REPORT_PERIOD);
      train.signal("TERM");
      assertThat(train.awaitExit()).as(train.errors()).isEqualTo(143);
    }
    long updates =
        TargetUpdateAudit.json(Files.readString(run().resolve("summary.json"))).getLong("updates");
    // not a report is missing
    TargetUpdateAudit.requireExact(run(), updates, REPORT_PERIOD, TARGET_PERIOD);
    EventLog log = new EventLog(run());
    assertThat(log.sum("checkpoint/failures")).isPositive();
    assertThat(log.sum("checkpoint/failures-in-a-row")).as("after there was room").isZero();
    assertThat(log.sum("queue/failures")).isPositive();
    assertThat(Files.readString(run().resolve("alerts.jsonl"))).contains("checkpoint-failing");
    assertThat(log.sum("queue/lost")).isZero();
    assertTablesOfEachMeasurement();
    assertWholeRecords();
    checkpoint(updates).verify();
  }

  @Test
  void disk_thatIsStillFullAtTheEnd_isSaidSoAndLeavesTheLastCheckpoint() throws Exception {
    try (JavaProcess train = train()) {
      train.awaitLine(line -> line.startsWith("train"));
      Await.until("a checkpoint", JavaProcess.LIMIT, () -> newest().isPresent());
      fillUntil(() -> said(train, "no checkpoint at step") && said(train, "jsonl fails"));
      long before = newest().getAsLong();

      train.signal("TERM");

      assertThat(train.awaitExit()).as(train.errors()).isEqualTo(1);
      assertThat(train.output()).anyMatch(line -> line.contains("could not be written"));
      assertThat(train.errors()).containsPattern("metrics.jsonl: \\d+ records are lost");
      checkpoint(before).verify();
    }
  }

  /** What rotates away, or is given up, leaves room again: until the run has felt it. */
  private void fillUntil(Callable<Boolean> felt) throws Exception {
    try (OutputStream out = Files.newOutputStream(ballast())) {
      Await.until(
          "the run feels that the disk is full",
          Duration.ofSeconds(60),
          () -> {
            fill(out);
            return felt.call();
          });
    }
  }

  private static void fill(OutputStream out) {
    try {
      while (true) {
        out.write(new byte[PIECE_BYTES]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left on device");
    }
  }

  private static boolean said(JavaProcess process, String text) {
    return process.errors().contains(text);
  }

  /** Where the run is now. */
  private static long step(JavaProcess train) throws InterruptedException {
    return stepOf(train.awaitLine(line -> stepOf(line) > 0));
  }

  /** For instance of {@code train 9% 3000/33000 8s}; 0 of other lines. */
  private static long stepOf(String line) {
    String[] words = line.trim().split("\\s+");
    return words.length > 2 && words[0].equals("train") && words[2].contains("/")
        ? Long.parseLong(words[2].substring(0, words[2].indexOf('/')))
        : 0;
  }

  /** Step of the newest checkpoint that is whole. */
  private OptionalLong newest() throws IOException {
    for (Checkpoint checkpoint : new CheckpointFolder(run().resolve("checkpoints")).list()) {
      try {
        checkpoint.manifest();
        return OptionalLong.of(checkpoint.step());
      } catch (UnusableCheckpointException underWay) {
        continue;
      }
    }
    return OptionalLong.empty();
  }

  private Checkpoint checkpoint(long step) throws IOException {
    return new CheckpointFolder(run().resolve("checkpoints"))
        .list().stream().filter(found -> found.step() == step).findAny().orElseThrow();
  }

  private void assertTablesOfEachMeasurement() throws IOException {
    List<Path> expected = new ArrayList<>();
    for (String line : Files.readAllLines(run().resolve("metrics.jsonl"))) {
      if (line.contains("\"statistics/dead-fraction\"")) {
        long step = TargetUpdateAudit.json(line).getLong("step");
        expected.add(run().resolve("probes/statistics-" + step + ".json"));
      }
    }
    assertThat(expected).isNotEmpty().allMatch(Files::exists);
    try (Stream<Path> files = Files.list(run().resolve("probes"))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  /** TensorBoard's files: length, its checksum, the data, its checksum; nothing torn between. */
  private void assertWholeRecords() throws IOException {
    try (Stream<Path> files = Files.list(run().resolve("events"))) {
      for (Path file : files.toList()) {
        long size = Files.size(file);
        long at = 0;
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
          while (at < size) {
            long length = Long.reverseBytes(in.readLong());
            at += 8 + 4 + length + 4;
            assertThat(at).isLessThanOrEqualTo(size);
            in.skipNBytes(4 + length + 4);
          }
        }
        assertThat(at).isEqualTo(size).isPositive();
      }
    }
  }

  private Path run() {
    return disk.resolve("run");
  }

  private Path ballast() {
    return disk.resolve("ballast");
  }

  private JavaProcess train() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "train"));
    arguments.addAll(List.of("--device", "cpu", "--updates", "100000000"));
    arguments.addAll(List.of("--run-dir", run().toString()));
    for (String set :
        List.of(
            "network.hidden-widths=[8]",
            "replay.capacity=1000",
            "replay.min-size=600",
            "learner.target-update-period=" + TARGET_PERIOD,
            "probe.schedule.plasticity=0",
            "probe.schedule.statistics=500",
            "statistics.transitions=64",
            "checkpoint.period=500",
            "checkpoint.retry.min-backoff=200ms",
            "checkpoint.retry.max-backoff=1s",
            "run.report-period=" + REPORT_PERIOD,
            "run.system-report-interval=200ms",
            "run.evaluation-steps=0",
            "metrics.tensorboard.flush-interval=200ms",
            "dashboard.enabled=false",
            "progress-interval=100ms")) {
      arguments.addAll(List.of("--set", set));
    }
    return JavaProcess.start(folder.resolve("train.err"), arguments);
  }
}
