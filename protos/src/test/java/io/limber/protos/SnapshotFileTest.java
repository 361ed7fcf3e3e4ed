package io.limber.protos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

  @TempDir private Path folder;

  @Test
  void load_ofWhatWasSaved_givesTheSame() throws IOException {
    Path file = folder.resolve("snapshots/final.limber"); // the folder is made

    SnapshotCodec.save(Snapshots.counting(70_000), file);

    assertThat(Snapshots.bits(SnapshotCodec.load(file)))
        .isEqualTo(Snapshots.bits(Snapshots.counting(70_000)));
  }

  @Test
  void save_overAnOlderFile_replacesIt() throws IOException {
    Path file = folder.resolve("final.limber");
    SnapshotCodec.save(Snapshots.counting(70_000), file);

    SnapshotCodec.save(Snapshots.small(), file);

    assertThat(Files.readAllBytes(file)).isEqualTo(Snapshots.bytes(Snapshots.small()));
    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void write_thatFailsHalfway_leavesTheOlderFileAndNothingElse() throws IOException {
    Path file = folder.resolve("final.limber");
    SnapshotCodec.save(Snapshots.small(), file);
    AtomicFile.Content failing =
        out -> {
          out.write(new byte[1 << 20]);
          throw new IOException("No space left on device");
        };

    assertThatThrownBy(() -> AtomicFile.write(file, failing)).hasMessage("No space left on device");

    assertThat(Files.readAllBytes(file)).isEqualTo(Snapshots.bytes(Snapshots.small()));
    assertThat(folder.toFile().list()).containsExactly("final.limber");
  }

  @Test
  void load_ofATruncatedFile_namesTheFileAndTheCause() throws IOException {
    Path file = folder.resolve("final.limber");
    byte[] whole = Snapshots.bytes(Snapshots.small());
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));

    assertThatThrownBy(() -> SnapshotCodec.load(file))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage(file + ": it is truncated: it ends within its chunk 0");
  }

  @Test
  void load_ofNoFile_saysSo() {
    assertThatThrownBy(() -> SnapshotCodec.load(folder.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
