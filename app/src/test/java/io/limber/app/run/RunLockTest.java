package io.limber.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

  @TempDir private Path path;

  private final List<String> said = new ArrayList<>();

  @Test
  void acquire_whileAnotherHasIt_namesItsProcess() throws IOException {
    RunFolder folder = new RunFolder(path);
    RunLock first = RunLock.acquire(folder, said::add);

    assertThatThrownBy(() -> RunLock.acquire(folder, said::add))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("is written by process " + ProcessHandle.current().pid());
    assertThat(RunLock.holder(folder)).contains("process " + ProcessHandle.current().pid());

    first.close();
    RunLock.acquire(folder, said::add).close();
    assertThat(RunLock.holder(folder)).isEmpty();
    assertThat(said).isEmpty();
  }

  @Test
  void acquire_afterAProcessDied_takesItOverAndSaysSo() throws IOException {
    RunFolder folder = new RunFolder(path);
    Files.writeString(
        path.resolve("run.lock"),
        "{\"pid\": 4711, \"host\": \"here\", \"started\": \"2026-01-01T00:00:00Z\"}");

    RunLock.acquire(folder, said::add).close();

    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("process 4711 on here").contains("is gone");
  }
}
