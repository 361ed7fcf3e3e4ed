package io.limber.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.random.SeededRandom;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are written to files while they go on, and read back. */
class RowCopyTest {

  private static final int CAPACITY = 20;
  private static final ReplaySettings SETTINGS = Rows.settings(CAPACITY, 4, 1.0, 8, 3, 2);

  @TempDir private Path folder;

  private static ReplayTable table() {
    return ReplayTable.create(SETTINGS, Rows.SPEC, new SeededRandom(5), 256);
  }

  private static List<Integer> draw(ReplayTable table, int batches) {
    List<Integer> numbers = new ArrayList<>();
    Transitions batch = new Transitions(Rows.SPEC, 2);
    for (int i = 0; i < batches && table.canSample(); i++) {
      table.sample(batch);
      numbers.add(Rows.number(batch, 0));
      numbers.add(Rows.number(batch, 1));
    }
    return numbers;
  }

  /** Inserts and draws in turns; returns what was drawn. */
  private static List<Integer> run(ReplayTable table, int chunks) {
    List<Integer> drawn = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      while (!table.canInsert()) {
        drawn.addAll(draw(table, 1));
      }
      table.insert(Rows.chunk((int) table.inserted(), 3));
    }
    drawn.addAll(draw(table, 1));
    return drawn;
  }

  private Path write(RowCopy copy) throws IOException {
    Path file = folder.resolve("rows-" + copy.first() + "-" + copy.end());
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      copy.writeTo(out);
    }
    copy.close();
    assertThat(Files.size(file)).isEqualTo(copy.bytes());
    return file;
  }

  @Test
  void restore_afterAnyNumberOfInserts_drawsAsTheTableThatWasSaved() throws IOException {
    try (ReplayTable table = table()) {
      List<Path> files = new ArrayList<>();
      long savedTo = 0;
      for (int round = 0; round < 12; round++) { // fills the ring several times
        run(table, 1 + round % 5);
        RowCopy copy = table.copyRows(savedTo);
        savedTo = copy.end();
        files.add(write(copy));
        SavedState state = table.save();
        try (ReplayTable restored = table()) {
          restored.restore(state, files);
          restored.checkInvariants();
          assertThat(run(restored, 9)).isEqualTo(run(table, 9));
          assertThat(restored.save().integer("random")).isEqualTo(table.save().integer("random"));
        }
      }
    }
  }

  @Test
  void insert_overRowsThatAreNotCopiedYet_isRefusedUntilTheyAre() throws IOException {
    try (ReplayTable table = table()) {
      run(table, 7); // 21 rows: full
      RowCopy copy = table.copyRows(0);
      draw(table, 9);
      assertThat(table.wouldOverwrite(1)).isTrue();
      assertThatThrownBy(() -> table.insert(Rows.chunk(21, 3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not copied yet");
      write(copy);
      assertThat(table.wouldOverwrite(3)).isFalse();
      table.insert(Rows.chunk(21, 3));
    }
  }

  @Test
  void writeTo_whileTheTableGoesOn_writesTheRowsOfItsMoment() throws IOException {
    try (ReplayTable table = table();
        ReplayTable restored = table()) {
      run(table, 4); // 12 of 20 rows
      SavedState state = table.save();
      RowCopy copy = table.copyRows(0);
      table.insert(Rows.chunk(12, 3));
      restored.restore(state, List.of(write(copy)));
      assertThat(restored.inserted()).isEqualTo(12);
    }
  }

  @Test
  void close_afterAFailedWrite_letsTheTableGoOn() {
    try (ReplayTable table = table()) {
      run(table, 7);
      draw(table, 9);
      RowCopy copy = table.copyRows(0);
      assertThatThrownBy(() -> copy.writeTo(new FullDisk())).isInstanceOf(IOException.class);
      copy.close();
      table.insert(Rows.chunk(21, 3));
    }
  }

  @Test
  void restore_withAFileMissing_namesTheRow() throws IOException {
    try (ReplayTable table = table();
        ReplayTable restored = table()) {
      run(table, 2);
      RowCopy first = table.copyRows(0);
      first.close();
      run(table, 2);
      Path second = write(table.copyRows(6));
      assertThatThrownBy(() -> restored.restore(table.save(), List.of(second)))
          .isInstanceOf(UnusableStateException.class)
          .hasMessageContaining("replay rows from 0 on");
    }
  }

  @Test
  void restore_fromATruncatedFile_namesIt() throws IOException {
    try (ReplayTable table = table();
        ReplayTable restored = table()) {
      run(table, 2);
      Path file = write(table.copyRows(0));
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
      assertThatThrownBy(() -> restored.restore(table.save(), List.of(file)))
          .isInstanceOf(UnusableStateException.class)
          .hasMessageContaining(file + " is truncated");
    }
  }

  @Test
  void restore_withCountsThatCannotBe_isRefused() throws IOException {
    try (ReplayTable table = table();
        ReplayTable restored = table()) {
      run(table, 2);
      Path file = write(table.copyRows(0));
      SavedState impossible =
          SavedState.builder().put("inserted", 6L).put("sampled", 900L).put("random", 1L).build();
      assertThatThrownBy(() -> restored.restore(impossible, List.of(file)))
          .isInstanceOf(UnusableStateException.class);
    }
  }

  /** Takes the head and nothing else. */
  private static final class FullDisk implements WritableByteChannel {
    private int calls;

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (calls++ > 0) {
        throw new IOException("No space left on device");
      }
      int all = bytes.remaining();
      bytes.position(bytes.limit());
      return all;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
