package io.limber.protos.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.protos.EncodedTransitions;
import io.limber.protos.MalformedDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireCodecTest {

  static List<WireMessage> messages() {
    return WireMessages.all();
  }

  @Test
  void messages_ofEveryKind_areTested() {
    List<Class<?>> kinds =
        Arrays.stream(WireMessage.class.getPermittedSubclasses())
            .flatMap(group -> Stream.of(group.getPermittedSubclasses()))
            .collect(Collectors.toList());

    assertThat(messages().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(kinds);
  }

  @Test
  void frames_ofEveryContent_areTested() {
    List<Class<?>> contents =
        Arrays.stream(ReplayContent.class.getPermittedSubclasses())
            .flatMap(side -> Stream.of(side.getPermittedSubclasses()))
            .collect(Collectors.toList());

    assertThat(
            messages().stream()
                .filter(OnReplayLink.Frame.class::isInstance)
                .<Class<?>>map(frame -> ((OnReplayLink.Frame) frame).content().getClass()))
        .containsExactlyInAnyOrderElementsOf(contents);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_encodedAndDecoded_isTheSame(WireMessage message) throws Exception {
    byte[] bytes = WireCodec.encode(message);

    assertThat(WireCodec.decode(WireCodec.manifest(message), bytes)).isEqualTo(message);
  }

  /** A peer of another build must read what this one writes: the bytes are part of the format. */
  @Test
  void messages_encoded_areTheStoredBytes() throws IOException {
    String written =
        messages().stream()
            .map(m -> WireCodec.manifest(m) + " " + HexFormat.of().formatHex(WireCodec.encode(m)))
            .collect(Collectors.joining("\n", "", "\n"));

    try (InputStream stored = WireCodecTest.class.getResourceAsStream("wire-messages.txt")) {
      assertThat(written).isEqualTo(new String(stored.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_truncatedAnywhere_isRefusedOrShorter(WireMessage message) {
    byte[] bytes = WireCodec.encode(message);
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      try {
        // a cut between two fields is a message without the later ones: never the whole one
        assertThat(WireCodec.decode(WireCodec.manifest(message), truncated)).isNotEqualTo(message);
      } catch (MalformedDataException expected) {
        assertThat(expected).hasMessageContaining(WireCodec.manifest(message));
      }
    }
  }

  @Test
  void manifest_unknown_isRefusedByName() {
    assertThatThrownBy(() -> WireCodec.decode("tea", new byte[0]))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("tea");
  }

  @Test
  void blocks_moreThanAMessageHas_areRefused() {
    List<EncodedTransitions> many =
        Collections.nCopies(ToInlet.Blocks.MOST + 1, EncodedTransitions.copyOf());
    byte[] bytes = WireCodec.encode(new ToInlet.Blocks(1, 0, many));

    assertThatThrownBy(() -> WireCodec.decode("blocks", bytes))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("257 blocks");
  }
}
