package io.limber.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.random.SeededRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTableTest {

  private static final ReplaySettings SMALL = Rows.settings(10, 4, 2, 100, 4, 8);

  @TempDir Path folder;

  @Test
  void peek_fullTable_drawsEveryRowThatIsLeftAndNoOther() {
    try (var table = table(SMALL)) {
      for (int first = 0; first < 12; first += 4) {
        table.insert(Rows.chunk(first, 4));
      }
      var batch = new Transitions(Rows.SPEC, 300);

      table.peek(batch, new SeededRandom(1));

      Set<Integer> numbers = new HashSet<>();
      for (int row = 0; row < batch.size(); row++) {
        numbers.add(Rows.number(batch, row));
      }
      assertThat(numbers).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
      assertThat(table.sampled()).isZero();
    }
  }

  @Test
  void sample_equalSeeds_drawsEqualBatchesWhateverIsPeekedBetween() {
    try (var one = table(SMALL);
        var other = table(SMALL)) {
      one.insert(Rows.chunk(0, 4));
      other.insert(Rows.chunk(0, 4));
      other.peek(new Transitions(Rows.SPEC, 5), new SeededRandom(9));

      assertThat(numbersOf(one)).isEqualTo(numbersOf(other));
    }
  }

  @Test
  void insert_whatTheLimiterRefuses_throwsWithTheReason() {
    try (var table = table(Rows.settings(10, 4, 1, 0, 4, 4))) {
      table.insert(Rows.chunk(0, 4));
      table.insert(Rows.chunk(4, 4));

      assertThatThrownBy(() -> table.insert(Rows.chunk(8, 4)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("cannot insert now: inserting is waiting for samples");
    }
  }

  @Test
  void sample_whileFilling_throwsWithTheReason() {
    try (var table = table(SMALL)) {
      table.insert(Rows.chunk(0, 3));

      assertThatThrownBy(() -> table.sample(new Transitions(Rows.SPEC, 8)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("cannot sample now: sampling is waiting for min-size: 3 of 4");
    }
  }

  @Test
  void peek_emptyTable_isRefused() {
    try (var table = table(SMALL)) {
      assertThatThrownBy(() -> table.peek(new Transitions(Rows.SPEC, 1), new SeededRandom(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the table is empty");
    }
  }

  @Test
  void chunkOrBatch_ofAnotherSizeOrSpec_isRefused() {
    try (var table = table(SMALL)) {
      assertThatThrownBy(() -> table.insert(Rows.chunk(0, 5)))
          .hasMessage("a chunk of 5 rows must have 1 to insertSize = 4");
      assertThatThrownBy(() -> table.insert(new Transitions(Rows.SPEC, 4)))
          .hasMessage("a chunk of 0 rows must have 1 to insertSize = 4");
      assertThatThrownBy(() -> table.sample(new Transitions(Rows.SPEC, 7)))
          .hasMessage("a batch of 7 rows must have sampleSize = 8");
      assertThatThrownBy(() -> table.insert(new Transitions(new TransitionSpec(6), 4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("observationBytes=6")
          .hasMessageContaining("observationBytes=5");
    }
  }

  @Test
  void close_twice_isHarmlessAndLaterUseIsRefused() {
    var table = table(SMALL);
    table.insert(Rows.chunk(0, 4));
    table.close();
    table.close();

    assertThatThrownBy(() -> table.insert(Rows.chunk(4, 4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the replay table is closed");
    assertThatThrownBy(() -> table.peek(new Transitions(Rows.SPEC, 1), new SeededRandom(1)))
        .hasMessage("the replay table is closed");
  }

  @Test
  void create_moreThanTheMachineHas_isRefusedWithBothNumbers() {
    var limits = new AnonymousMemory.Limits(24_000L << 20, 6_000L << 20);

    assertThatThrownBy(() -> AnonymousMemory.forStore(32_000L << 20, 20_000_000, limits))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "limber.replay.capacity = 20000000 must fit in memory: the store takes 32000 MiB and"
                + " this machine has 24000 MiB; lower it or set limber.replay.file");
    assertThatThrownBy(() -> AnonymousMemory.forStore(8_000L << 20, 5_000_000, limits))
        .hasMessageContaining("takes 8000 MiB and the limit is 6000 MiB")
        .hasMessageContaining("-XX:MaxDirectMemorySize");
    assertThatThrownBy(
            () ->
                ReplayTable.create(
                    Rows.settings(Integer.MAX_VALUE, 1, 1, 0, 1, 1),
                    new TransitionSpec(1 << 20), // 4 PiB
                    new SeededRandom(1)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("limber.replay.capacity = 2147483647 must fit in memory");
  }

  @Test
  void fileStore_afterClose_holdsHeaderAndRows() throws IOException {
    Path file = folder.resolve("new/replay.bin");
    try (var table = table(inFile(file))) {
      table.insert(Rows.chunk(0, 4));
      table.sample(new Transitions(Rows.SPEC, 8));
    }

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] mark = new byte[8];
    bytes.get(mark);

    assertThat(new String(mark, StandardCharsets.US_ASCII)).isEqualTo("LIMBRPLY");
    assertThat(bytes.getInt()).as("format version").isEqualTo(1);
    assertThat(bytes.getInt()).as("observation bytes").isEqualTo(5);
    assertThat(bytes.getInt()).as("row bytes").isEqualTo(64);
    assertThat(bytes.getInt()).as("capacity").isEqualTo(10);
    assertThat(bytes.capacity()).isEqualTo(4096 + 10 * 64);
    assertThat(bytes.getInt(4096 + 3 * 64)).as("action of row 3").isEqualTo(3);
    assertThat(bytes.getFloat(4096 + 3 * 64 + 4)).as("reward of row 3").isEqualTo(1.5f);
  }

  @Test
  void fileStore_olderStoreFile_isReplaced() {
    Path file = folder.resolve("replay.bin");
    table(inFile(file)).close();

    try (var table = table(inFile(file))) {
      assertThat(table.size()).isZero();
    }
  }

  @Test
  void fileStore_fileOfSomethingElse_isRefusedAndLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("thesis.tex"), "\\documentclass{article}");

    assertThatThrownBy(() -> table(inFile(file)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("limber.replay.file = " + file)
        .hasMessageContaining("it holds something else");
    assertThat(file).hasContent("\\documentclass{article}");
  }

  @Test
  void fileStore_heldByAnotherTable_isRefused() {
    Path file = folder.resolve("replay.bin");
    try (var holder = table(inFile(file))) {
      assertThat(holder.size()).isZero();

      assertThatThrownBy(() -> table(inFile(file)))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("another one holds it");
    }
  }

  @Test
  void fileStore_largerThanTheDisk_isRefused() {
    var settings =
        new ReplaySettings(
            Integer.MAX_VALUE, 1, 1, 0, Optional.of(folder.resolve("replay.bin")), 1, 1);

    assertThatThrownBy(
            () -> ReplayTable.create(settings, new TransitionSpec(1 << 20), new SeededRandom(1)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("lie on a disk with room for 4503737064226752 bytes");
  }

  @Test
  void fileStore_whereAFolderIs_isRefused() {
    assertThatThrownBy(() -> table(inFile(folder)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("limber.replay.file = " + folder)
        .hasMessageContaining("be a file that can be written in full");
  }

  private static ReplayTable table(ReplaySettings settings) {
    return ReplayTable.create(settings, Rows.SPEC, new SeededRandom(5));
  }

  private static ReplaySettings inFile(Path file) {
    return new ReplaySettings(10, 4, 2, 100, Optional.of(file), 4, 8);
  }

  private static int[] numbersOf(ReplayTable table) {
    var batch = new Transitions(Rows.SPEC, 8);
    table.sample(batch);
    int[] numbers = new int[8];
    Arrays.setAll(numbers, row -> Rows.number(batch, row));
    return numbers;
  }
}
