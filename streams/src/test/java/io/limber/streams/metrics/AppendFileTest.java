package io.limber.streams.metrics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AppendFileTest {

  /** Linux's device on which each write fails as on a full disk. */
  private static final Path FULL = Path.of("/dev/full");

  @Test
  void flush_onAFullDisk_failsWithTheSystemsReasonEachTime() throws IOException {
    assumeTrue(Files.isWritable(FULL), "there is no /dev/full here");
    AppendFile file = new AppendFile(FULL);
    file.append(new byte[100]);

    assertThatThrownBy(file::flush).hasMessageContaining("No space left on device");
    assertThatThrownBy(file::flush).hasMessageContaining("No space left on device");
    assertThatThrownBy(file::close).hasMessageContaining("No space left on device");
  }

  @Test
  void append_ofMoreThanMayWait_isRefusedWithTheFilesName() throws IOException {
    AppendFile file = new AppendFile(Path.of("never-written"));
    file.append(new byte[16 << 20]);

    assertThatThrownBy(() -> file.append(new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessage("never-written: 16777216 bytes could not be written yet; a record is lost");
  }
}
