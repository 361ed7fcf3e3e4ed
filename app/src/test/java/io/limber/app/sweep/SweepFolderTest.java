package io.limber.app.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFolderTest {

  @TempDir private Path folder;

  @Test
  void folder_inUse_isRefusedNamingTheProcessUntilItIsClosed() throws IOException {
    try (SweepFolder first = SweepFolder.open(folder)) {
      assertThatThrownBy(() -> SweepFolder.open(folder))
          .isInstanceOf(SweepFileException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " has it");
      assertThat(first.agents().getParent()).isEqualTo(folder);
    }
    SweepFolder.open(folder).close();
  }
}
