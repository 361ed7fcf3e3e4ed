package io.limber.protos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterLayout.Tensor;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.random.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotCodecTest {

  /** Put together by hand from the format's description; CRC-32C from tensorboard 2.21.0. */
  private static final String STORED =
      "4c494d4245525053" // LIMBERPS
          + "01000000" // version 1
          + "2d000000" // 45 bytes of header
          + "08e807" // step 1000
          + "1222" // layout, 34 bytes
          + "0a0a6c696e6561722d322d31" // linear-2-1
          + "120c0a066b65726e656c12020201" // tensor kernel [2, 1]
          + "12060a0462696173" // tensor bias []
          + "180c" // 12 bytes in all
          + "20808008" // chunks of 131072 bytes
          + "30bccad2" // its CRC-32C
          + "18000000" // 24 bytes of chunk
          + "08e807" // step 1000; index 0 is not written
          + "180c" // 12 bytes in all
          + "25f29c7386" // CRC-32C of data
          + "2a0c" // 12 bytes of data
          + "0000803f" // 1
          + "000000c0" // -2
          + "0000003f"; // 0.5

  @Test
  void write_ofAKnownSnapshot_makesTheStoredBytes() throws IOException {
    assertThat(HexFormat.of().formatHex(Snapshots.bytes(Snapshots.small()))).isEqualTo(STORED);
  }

  @Test
  void read_ofTheStoredBytes_givesTheKnownSnapshot() throws IOException {
    assertSame(Snapshots.small(), read(HexFormat.of().parseHex(STORED)));
  }

  @Test
  void read_ofWhatWasWritten_givesTheSame() throws IOException {
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 300; i++) {
      ParameterSnapshot snapshot = randomSnapshot(random);
      assertSame(snapshot, read(Snapshots.bytes(snapshot)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32767, 32768, 32769, 100_000}) // a chunk holds 32,768 numbers
  void read_ofAnyNumberOfChunks_givesTheSame(int size) throws IOException {
    ParameterSnapshot snapshot = Snapshots.counting(size);

    assertSame(snapshot, read(Snapshots.bytes(snapshot)));
  }

  @Test
  void read_ofEachProperPrefix_isRefusedAsTruncated() throws IOException {
    byte[] whole = Snapshots.bytes(Snapshots.small());
    for (int length = 8; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "it is truncated: it ends within its ");
    }
  }

  @Test
  void read_withAnyBitFlipped_isRefused() throws IOException {
    byte[] whole = Snapshots.bytes(Snapshots.small());
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> read(flipped))
          .as("bit %d", bit)
          .isInstanceOf(MalformedDataException.class);
    }
  }

  @Test
  void read_ofAlteredNumbers_namesTheChunkAndTheChecksums() throws IOException {
    byte[] bytes = Snapshots.bytes(Snapshots.counting(40_000));
    bytes[bytes.length - 1] ^= 1;

    assertRefused(bytes, "its chunk 1 has checksum ");
  }

  @Test
  void read_ofAnAlteredHeader_saysSo() throws IOException {
    byte[] bytes = Snapshots.bytes(Snapshots.small());
    bytes[17] ^= 1;

    assertRefused(bytes, "its header has checksum ");
  }

  @Test
  void read_ofAForeignFile_saysSo() {
    byte[] foreign = "PK\3\4 something else altogether".getBytes(StandardCharsets.US_ASCII);

    assertRefused(foreign, "it is no snapshot of Limber");
    assertRefused(new byte[0], "it is no snapshot of Limber");
  }

  @Test
  void read_ofANewerVersion_namesBothVersions() throws IOException {
    byte[] bytes = Snapshots.bytes(Snapshots.small());
    bytes[8] = 2;

    assertRefused(bytes, "it has format version 2, this Limber reads 1 to 1: a newer Limber");
  }

  @Test
  void read_withSomethingBehind_isRefused() throws IOException {
    byte[] whole = Snapshots.bytes(Snapshots.small());

    assertRefused(Arrays.copyOf(whole, whole.length + 1), "something follows its last chunk");
  }

  @Test
  void read_ofAHugeHeader_isRefusedBeforeItIsAllocated() throws IOException {
    byte[] bytes = Snapshots.bytes(Snapshots.small());
    ByteBuffer.wrap(bytes).putInt(12, 0xffffff7f); // in little-endian 2^31 − 1

    assertRefused(bytes, "its header has the length 2147483647, more than 1048576");
  }

  @Test
  void read_ofMoreNumbersThanCanFollow_isRefusedBeforeTheyAreAllocated() throws IOException {
    byte[] bytes = Snapshots.bytes(Snapshots.counting(100));

    assertThatThrownBy(() -> SnapshotCodec.read(new ByteArrayInputStream(bytes), 399))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("its header announces 400 bytes, where 399 can follow");
  }

  private static ParameterSnapshot randomSnapshot(SeededRandom random) {
    List<Tensor> tensors = new ArrayList<>();
    for (int t = random.nextInt(6); t > 0; t--) {
      List<Integer> shape = random.ints(random.nextInt(4), 0, 6).boxed().toList();
      tensors.add(new Tensor("tensor-" + t, shape));
    }
    ParameterLayout layout = new ParameterLayout("größe-" + random.nextInt(), tensors);
    float[] values = new float[layout.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt()); // any bits: NaNs and infinities too
    }
    return ParameterSnapshot.owning(random.nextLong() >>> 1, layout, values);
  }

  private static ParameterSnapshot read(byte[] bytes) throws IOException {
    return SnapshotCodec.read(new ByteArrayInputStream(bytes), bytes.length);
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith(message);
  }

  private static void assertSame(ParameterSnapshot expected, ParameterSnapshot actual) {
    assertThat(actual.step()).isEqualTo(expected.step());
    assertThat(actual.layout()).isEqualTo(expected.layout());
    assertThat(Snapshots.bits(actual)).isEqualTo(Snapshots.bits(expected));
  }
}
