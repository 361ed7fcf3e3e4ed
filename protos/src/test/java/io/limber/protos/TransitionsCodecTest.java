package io.limber.protos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransitionsCodecTest {

  @TempDir private Path folder;

  /** Put together by hand from the schema; CRC-32C from tensorboard 2.21.0. */
  private static final String STORED =
      "0801" // 1 row
          + "1002" // observations of 2 bytes
          + "1a020102" // s_tm1
          + "220407000000" // a_tm1: 7
          + "2a040000803f" // r_t: 1
          + "320400000000" // discount_t: 0
          + "3a020304" // s_t
          + "45162c2de3"; // CRC-32C

  @Test
  void encode_ofAKnownBlock_makesTheStoredBytes() {
    assertThat(HexFormat.of().formatHex(TransitionsCodec.encode(known()))).isEqualTo(STORED);
  }

  @Test
  void decode_ofTheStoredBytes_givesTheKnownBlock() throws MalformedDataException {
    Transitions into = new Transitions(new TransitionSpec(2), 1);

    TransitionsCodec.decode(HexFormat.of().parseHex(STORED), into);

    assertSame(known(), into);
  }

  @Test
  void decode_ofWhatWasEncoded_givesTheSame() throws MalformedDataException {
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 300; i++) {
      Transitions block = random(random, 1 + random.nextInt(9));
      Transitions into = random(random, block.spec(), block.size() + 1 + random.nextInt(3));

      TransitionsCodec.decode(TransitionsCodec.encode(block), into);

      assertSame(block, into);
    }
  }

  @Test
  void decode_ofBlocksBehindEachOther_givesTheWhole() throws MalformedDataException {
    Transitions whole = random(new SeededRandom(9), 7);
    Transitions into = new Transitions(whole.spec(), 7);

    for (int from = 0; from < 7; from += 3) {
      EncodedTransitions block = TransitionsCodec.encode(whole, from, Math.min(7, from + 3));
      TransitionsCodec.decode(block, into, from);
    }

    assertSame(whole, into);
    EncodedTransitions block = TransitionsCodec.encode(whole, 0, 3);
    assertThatThrownBy(() -> TransitionsCodec.decode(block, into, 5))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("block has 3 transitions, 0 to 2 fit");
  }

  @Test
  void decode_ofEachProperPrefix_isRefused() {
    byte[] whole = TransitionsCodec.encode(random(new SeededRandom(2), 3));
    for (int length = 0; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "");
    }
  }

  @Test
  void decode_withAnyBitFlipped_isRefused() {
    byte[] whole = TransitionsCodec.encode(random(new SeededRandom(3), 3));
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(flipped, "");
    }
  }

  @Test
  void decode_ofAForeignMessage_saysSo() {
    assertRefused(new byte[] {1, 2, 3}, "no block of transitions: ");
  }

  @Test
  void decode_ofAlteredBytes_saysSo() {
    byte[] bytes = TransitionsCodec.encode(known());
    bytes[6] ^= 1;

    assertThatThrownBy(
            () -> TransitionsCodec.decode(bytes, new Transitions(new TransitionSpec(2), 1)))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith("block of transitions has checksum ");
  }

  @Test
  void decode_ofMoreRowsThanFit_isRefused() {
    byte[] bytes = TransitionsCodec.encode(random(new SeededRandom(4), 5));

    assertRefused(bytes, "block has 5 transitions, 0 to 3 fit");
  }

  @Test
  void decode_ofAnotherObservationSize_isRefused() {
    byte[] bytes = TransitionsCodec.encode(known());

    assertRefused(bytes, "block has observations of 2 bytes, 4 are expected");
  }

  /** Into a block of three rows of four bytes, which must stay as it was. */
  private static void assertRefused(byte[] bytes, String message) {
    Transitions into = random(new SeededRandom(9), 3);

    assertThatThrownBy(() -> TransitionsCodec.decode(bytes, into))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith(message);

    assertSame(random(new SeededRandom(9), 3), into);
  }

  private static Transitions known() {
    Transitions block = new Transitions(new TransitionSpec(2), 1);
    block.sTm1().put(new byte[] {1, 2});
    block.actions().put(7);
    block.rewards().put(1f);
    block.discounts().put(0f);
    block.sT().put(new byte[] {3, 4});
    block.setSize(1);
    return block;
  }

  private static Transitions random(SeededRandom random, int capacity) {
    Transitions block = random(random, new TransitionSpec(4), capacity);
    block.setSize(capacity);
    return block;
  }

  private static Transitions random(SeededRandom random, TransitionSpec spec, int capacity) {
    Transitions block = new Transitions(spec, capacity);
    for (ByteBuffer column : columns(block)) {
      byte[] bytes = new byte[column.remaining()];
      random.nextBytes(bytes);
      column.put(bytes);
    }
    return block;
  }

  private static void assertSame(Transitions expected, Transitions actual) {
    assertThat(actual.size()).isEqualTo(expected.size());
    ByteBuffer[] expectedColumns = columns(expected);
    ByteBuffer[] actualColumns = columns(actual);
    for (int i = 0; i < expectedColumns.length; i++) {
      int used = expectedColumns[i].capacity() / expected.capacity() * expected.size();
      assertThat(actualColumns[i].slice(0, used)).isEqualTo(expectedColumns[i].slice(0, used));
    }
  }

  private static ByteBuffer[] columns(Transitions block) {
    return new ByteBuffer[] {block.sTm1(), block.aTm1(), block.rT(), block.discountT(), block.sT()};
  }

  @Test
  void load_ofWhatWasSaved_givesTheSame() throws IOException {
    Transitions block = random(new SeededRandom(4), 5);
    Path file = folder.resolve("saved.transitions");

    TransitionsCodec.save(block, file);

    assertSame(block, TransitionsCodec.load(file, block.spec()));
  }

  @Test
  void load_ofDamagedFiles_namesFileAndCause() throws IOException {
    Path file = folder.resolve("damaged.transitions");
    byte[] whole = TransitionsCodec.encode(known());
    byte[] manyRows = whole.clone();
    manyRows[1] = 100;

    assertLoadRefused(file, new byte[0], "it is empty");
    assertLoadRefused(file, Arrays.copyOf(whole, whole.length - 7), "no block of transitions");
    assertLoadRefused(file, manyRows, "it claims 100 transitions of 2 bytes an observation");
    byte[] flipped = whole.clone();
    flipped[6] ^= 1;
    assertLoadRefused(file, flipped, "checksum");
  }

  private static void assertLoadRefused(Path file, byte[] bytes, String cause) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> TransitionsCodec.load(file, new TransitionSpec(2)))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(cause);
  }
}
