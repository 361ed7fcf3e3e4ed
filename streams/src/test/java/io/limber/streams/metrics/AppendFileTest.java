package io.limber.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThat(file.lost()).isZero(); // it waits
    assertThatThrownBy(file::close)
        .hasMessageContaining("1 records are lost")
        .hasMessageContaining("No space left on device");
    assertThat(file.lost()).isEqualTo(1);
  }

  @Test
  void append_ofMoreThanMayWait_isRefusedWithTheFilesName() throws IOException {
    AppendFile file = new AppendFile(Path.of("never-written"));
    file.append(new byte[16 << 20]);

    assertThatThrownBy(() -> file.append(new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessage("never-written: 16777216 bytes could not be written yet; a record is lost");
    assertThat(file.lost()).isEqualTo(1);
  }

  @Test
  void flush_afterOneThatAnInterruptBroke_writesEachRecordOnce(@TempDir Path folder)
      throws IOException {
    Path path = folder.resolve("file");
    AppendFile file = new AppendFile(path);
    file.append(new byte[] {1});
    file.flush();
    file.append(new byte[] {2});
    Thread.currentThread().interrupt(); // closes the channel under the write

    assertThatThrownBy(file::flush).isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
    file.append(new byte[] {3});
    file.close();

    assertThat(path).hasBinaryContent(new byte[] {1, 2, 3});
  }
}
