package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  private static final Instant START = Instant.parse("2026-11-23T18:20:42.9Z");

  @TempDir private Path folder;

  @Test
  void below_namesFolderAfterTimeTaskAndSeed() {
    RunFolder run = RunFolder.below(folder.resolve("runs"), START, "true-label", 7);

    assertThat(run.path()).isEqualTo(folder.resolve("runs/20261123T182042Z-true-label-s7"));
    assertThat(run.path()).isEmptyDirectory();
  }

  @Test
  void below_inTheSameSecond_givesEachRunItsOwnFolder() {
    RunFolder first = RunFolder.below(folder, START, "true-label", 7);
    RunFolder second = RunFolder.below(folder, START, "true-label", 7);

    assertThat(second.path())
        .isNotEqualTo(first.path())
        .hasFileName("20261123T182042Z-true-label-s7-2");
  }

  @Test
  void at_newOrEmptyFolder_isUsed() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(RunFolder.at(empty).path()).isEqualTo(empty);
    assertThat(RunFolder.at(folder.resolve("a/b")).path()).isDirectory();
  }

  @Test
  void at_folderThatHoldsSomething_isRefusedWithAWayOut() throws IOException {
    Files.writeString(folder.resolve("metrics.jsonl"), "{}");

    assertThatThrownBy(() -> RunFolder.at(folder))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining(folder + " must be new or empty, but holds metrics.jsonl")
        .hasMessageContaining("name another folder with --run-dir or remove this one");
  }

  @Test
  void at_pathOfAFile_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> RunFolder.at(file))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining(file + " must be a folder that can be written");
  }
}
