package io.limber.protos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.limber.core.random.SeededRandom;
import io.limber.core.state.SavedState;
import io.limber.protos.v1.State;
import io.limber.protos.v1.StateParts;
import io.limber.protos.v1.StateValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCodecTest {

  private static SavedState all() {
    return SavedState.builder()
        .put("count", -3L)
        .put("mean", 0.5)
        .put("kind", "fake")
        .put("raw", new byte[] {1, 2})
        .put("counts", new long[] {Long.MIN_VALUE, 7})
        .put("means", new double[] {Double.NaN, -0.0})
        .put("inner", SavedState.builder().put("on", true).build())
        .put("list", List.of(SavedState.empty(), SavedState.builder().put("x", 1.0).build()))
        .build();
  }

  /** Names, types and bits; the order of names as well. */
  private static String text(SavedState state) {
    StringBuilder text = new StringBuilder();
    state.forEach(
        new SavedState.Visitor() {
          @Override
          public void integer(String name, long value) {
            text.append(name).append("=").append(value).append(' ');
          }

          @Override
          public void real(String name, double value) {
            text.append(name).append("~").append(Double.doubleToRawLongBits(value)).append(' ');
          }

          @Override
          public void text(String name, String value) {
            text.append(name).append("'").append(value).append("' ");
          }

          @Override
          public void bytes(String name, byte[] value) {
            text.append(name).append(HexFormat.of().formatHex(value)).append(' ');
          }

          @Override
          public void integers(String name, long[] value) {
            text.append(name).append(Arrays.toString(value)).append(' ');
          }

          @Override
          public void reals(String name, double[] value) {
            text.append(name).append(Arrays.toString(value)).append(' ');
          }

          @Override
          public void part(String name, SavedState value) {
            text.append(name).append('{').append(StateCodecTest.text(value)).append("} ");
          }

          @Override
          public void parts(String name, List<SavedState> value) {
            text.append(name).append('[');
            value.forEach(part -> text.append('{').append(StateCodecTest.text(part)).append('}'));
            text.append("] ");
          }
        });
    return text.toString();
  }

  @Test
  void decode_ofWhatWasEncoded_givesAllTypesBack() throws IOException {
    assertThat(text(StateCodec.decode(StateCodec.encode(all())))).isEqualTo(text(all()));
  }

  /** Put together by hand from the schema. */
  @Test
  void encode_ofAKnownState_makesTheStoredBytes() {
    SavedState state = SavedState.builder().put("n", -1L).put("t", "ab").build();

    assertThat(HexFormat.of().formatHex(StateCodec.encode(state)))
        .isEqualTo("0a050a016e1001" + "0a070a01742202" + "6162");
  }

  @Test
  void load_ofADamagedFile_namesIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("learner.state");
    StateCodec.save(all(), file);
    assertThat(text(StateCodec.load(file))).isEqualTo(text(all()));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(() -> StateCodec.load(file))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void decode_ofStatesTooDeep_isRefused() {
    State deep = State.getDefaultInstance();
    for (int i = 0; i <= StateCodec.MAX_DEPTH; i++) {
      deep =
          State.newBuilder().addValues(StateValue.newBuilder().setName("a").setPart(deep)).build();
    }
    byte[] bytes = deep.toByteArray();

    assertThatThrownBy(() -> StateCodec.decode(bytes)).isInstanceOf(MalformedDataException.class);
  }

  @Test
  void decode_ofTooManyEmptyParts_isRefused() {
    StateParts parts =
        StateParts.newBuilder()
            .addAllValues(
                Collections.nCopies(StateCodec.MAX_VALUES + 1, State.getDefaultInstance()))
            .build();
    byte[] bytes =
        State.newBuilder()
            .addValues(StateValue.newBuilder().setName("a").setParts(parts))
            .build()
            .toByteArray();

    assertThatThrownBy(() -> StateCodec.decode(bytes))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("at most");
  }

  @Test
  void decode_ofTheSameNameTwice_isRefused() {
    StateValue value = StateValue.newBuilder().setName("a").setInteger(1).build();
    byte[] bytes = State.newBuilder().addValues(value).addValues(value).build().toByteArray();

    assertThatThrownBy(() -> StateCodec.decode(bytes)).hasMessageContaining("a is already there");
  }

  @Test
  void decode_ofAKindItDoesNotKnow_isRefused() {
    byte[] bytes =
        State.newBuilder().addValues(StateValue.newBuilder().setName("a")).build().toByteArray();

    assertThatThrownBy(() -> StateCodec.decode(bytes)).hasMessageContaining("newer kind");
  }

  /** A length of 2^31 - 1 must not be allocated. */
  @Test
  void decode_ofALengthBeyondItsBytes_isRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    coded.writeTag(1, 2);
    coded.writeUInt32NoTag(Integer.MAX_VALUE);
    coded.writeBytesNoTag(ByteString.copyFromUtf8("x"));
    coded.flush();

    assertThatThrownBy(() -> StateCodec.decode(out.toByteArray()))
        .isInstanceOf(MalformedDataException.class);
  }

  @Test
  void decode_ofRandomAndAlteredBytes_neverFailsOtherwise() {
    SeededRandom random = new SeededRandom(4);
    byte[] whole = StateCodec.encode(all());
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = whole.clone();
      if (i % 2 == 0) {
        bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
      } else {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        StateCodec.decode(bytes);
      } catch (MalformedDataException expected) {
        assertThat(expected).hasMessageMatching("(?s).+");
      }
    }
  }
}
