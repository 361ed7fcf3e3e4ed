package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.history.RunStatus;
import io.limber.app.history.RunStatus.State;
import io.limber.app.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStatusTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void ofARunThatEnded_isHowItsSummarySays() throws IOException {
    heardOf(Duration.ofDays(3));
    summary("interrupted");
    assertThat(status()).isEqualTo(new RunStatus(State.ENDED, "interrupted"));

    summary("failed");
    assertThat(status()).isEqualTo(new RunStatus(State.FAILED, "failed"));
  }

  @Test
  void ofARunWhoseProcessLives_isRunningOrSilent() throws IOException {
    lock(RunOwner.self());
    heardOf(Duration.ofSeconds(2));
    assertThat(status().state()).isEqualTo(State.RUNNING);

    heardOf(Duration.ofMinutes(30));
    assertThat(status())
        .isEqualTo(new RunStatus(State.SILENT, "no report for 30m 00s: its process lives"));
  }

  @Test
  void ofARunWhoseProcessIsGone_isGoneAtOnce() throws IOException, InterruptedException {
    long pid = pidOfADeadProcess();
    lock(new RunOwner(pid, RunOwner.self().host(), NOW.toString()));
    heardOf(Duration.ofSeconds(1));

    assertThat(status())
        .isEqualTo(
            new RunStatus(State.GONE, "killed: process " + pid + " is gone, without summary.json"));
  }

  @Test
  void ofARunOfAnotherMachine_isToldByItsSilenceAlone() throws IOException {
    lock(new RunOwner(1, "some-other-machine", NOW.toString()));
    heardOf(Duration.ofSeconds(2));
    assertThat(status().state()).isEqualTo(State.RUNNING);

    heardOf(Duration.ofMinutes(2));
    assertThat(status())
        .isEqualTo(new RunStatus(State.SILENT, "no report for 2m 00s: killed, or waiting"));

    heardOf(FolderStatus.GIVEN_UP.plusSeconds(1));
    assertThat(status().state()).isEqualTo(State.GONE);
  }

  @Test
  void ofARunThatNobodyWrites_isGone_butNotWhileItStarts() throws IOException {
    Path lock = Files.createFile(folder.resolve("run.lock"));
    heardOf(Duration.ZERO);
    Files.setLastModifiedTime(lock, FileTime.from(NOW.minusSeconds(1)));
    assertThat(status().state()).isEqualTo(State.RUNNING);

    Files.setLastModifiedTime(lock, FileTime.from(NOW.minusSeconds(60)));
    assertThat(status().state()).isEqualTo(State.GONE);
  }

  @Test
  void ofAFolderWithoutReports_saysSo() throws IOException {
    assertThat(status()).isEqualTo(new RunStatus(State.SILENT, "no metrics.jsonl"));
  }

  private RunStatus status() throws IOException {
    return new FolderStatus(() -> NOW).of(folder);
  }

  private void heardOf(Duration ago) throws IOException {
    Path metrics = Files.writeString(folder.resolve("metrics.jsonl"), "");
    Files.setLastModifiedTime(metrics, FileTime.from(NOW.minus(ago)));
  }

  private void lock(RunOwner owner) throws IOException {
    Files.writeString(folder.resolve("run.lock"), Json.document(owner.toMap()));
  }

  private void summary(String outcome) throws IOException {
    Files.writeString(
        folder.resolve("summary.json"),
        "{\"outcome\":\"" + outcome + "\",\"updates\":100,\"seconds\":1}");
  }

  private static long pidOfADeadProcess() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }
}
