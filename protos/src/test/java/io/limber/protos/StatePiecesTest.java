package io.limber.protos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.state.SavedState;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatePiecesTest {

  private static SavedState state(int bytes) {
    byte[] raw = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      raw[i] = (byte) (i * 31 + i / 251);
    }
    return SavedState.builder().put("raw", raw).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 128 << 10, (3 << 17) + 17})
  void pieces_ofAState_giveItBack(int bytes) throws Exception {
    OutgoingState outgoing = new OutgoingState(state(bytes));
    IncomingState incoming = new IncomingState();

    while (!incoming.complete()) {
      StatePiece next = outgoing.pieces(incoming.received(), incoming.received() + 1).get(0);
      assertThat(incoming.add(next)).isTrue();
      assertThat(incoming.add(next)).as("the same piece again").isFalse();
    }

    assertThat(StateCodec.encode(incoming.finish())).isEqualTo(StateCodec.encode(state(bytes)));
  }

  @Test
  void pieces_thatDoNotExist_areLeftOut() {
    assertThat(new OutgoingState(state(200_000)).pieces(1, 100)).hasSize(1);
    assertThat(new OutgoingState(state(200_000)).pieces(-3, 1)).hasSize(1);
    assertThat(new OutgoingState(state(200_000)).pieces(2, 100)).isEmpty();
  }

  @Test
  void piece_thatIsNotTheNext_isPassedOver() throws Exception {
    List<StatePiece> pieces = new OutgoingState(state(300_000)).pieces(0, 3);
    IncomingState incoming = new IncomingState();

    assertThat(incoming.add(pieces.get(1))).isFalse();
    assertThat(incoming.received()).isZero();
    assertThatThrownBy(incoming::finish).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void piece_altered_isRefused() throws Exception {
    StatePiece piece = new OutgoingState(state(10)).pieces(0, 1).get(0);
    byte[] other = new byte[piece.data().remaining()];
    IncomingState incoming = new IncomingState();

    for (StatePiece bad :
        List.of(
            new StatePiece(0, 1, piece.crc(), ByteBuffer.wrap(other)),
            new StatePiece(0, 1, piece.crc() + 1, piece.data()),
            new StatePiece(0, 2, piece.crc(), piece.data()), // too short unless it is the last
            new StatePiece(0, 0, piece.crc(), piece.data()),
            new StatePiece(0, Integer.MAX_VALUE, piece.crc(), piece.data()))) {
      assertThatThrownBy(() -> incoming.add(bad)).isInstanceOf(MalformedDataException.class);
    }
    assertThat(incoming.add(piece)).isTrue();
  }

  @Test
  void pieces_ofAnotherCount_areRefused() throws Exception {
    IncomingState incoming = new IncomingState();
    incoming.add(new OutgoingState(state(300_000)).pieces(0, 1).get(0));

    assertThatThrownBy(() -> incoming.add(new OutgoingState(state(200_000)).pieces(1, 2).get(0)))
        .isInstanceOf(MalformedDataException.class);
  }
}
