package io.limber.protos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OrderTest {

  private static final long LIMIT = 1 << 20;

  private final ProbeOrder order = Orders.order();
  private final OutgoingOrder out = new OutgoingOrder(order);

  @Test
  void order_pieceByPiece_arrivesAsItWas() throws MalformedDataException {
    IncomingOrder in = new IncomingOrder(out.header(), LIMIT);
    for (int i = 0; i < out.count(); i++) {
      assertThat(in.complete()).isFalse();
      assertThat(out.chunk(i).remaining()).isLessThan(129 << 10);
      in.add(out.chunk(i));
      assertThat(in.received()).isEqualTo(i + 1);
    }

    ProbeOrder arrived = in.finish(Orders.SPEC);

    assertThat(in.complete()).isTrue();
    assertThat(arrived.id()).isEqualTo(17);
    assertThat(arrived.probe()).isEqualTo("plasticity");
    assertThat(arrived.replies()).isEqualTo("replies#1");
    assertThat(arrived.results()).isEqualTo("results#2");
    assertThat(Snapshots.bits(arrived.snapshot().online()))
        .isEqualTo(Snapshots.bits(order.snapshot().online()));
    assertThat(Snapshots.bits(arrived.snapshot().target().orElseThrow()))
        .isEqualTo(Snapshots.bits(order.snapshot().target().orElseThrow()));
    assertThat(Snapshots.bits(arrived.snapshot().optimizer().orElseThrow()))
        .isEqualTo(Snapshots.bits(order.snapshot().optimizer().orElseThrow()));
    assertThat(TransitionsCodec.encode(arrived.transitions()))
        .isEqualTo(TransitionsCodec.encode(order.transitions()));
  }

  @Test
  void piece_thatIsAlteredOrTooMany_isRefused() throws MalformedDataException {
    IncomingOrder in = new IncomingOrder(out.header(), LIMIT);
    for (int i = 0; i < out.count() - 1; i++) {
      in.add(out.chunk(i));
    }
    byte[] last = new byte[out.chunk(out.count() - 1).remaining()];
    out.chunk(out.count() - 1).get(last);
    last[last.length - 1] ^= 1;

    assertThatThrownBy(() -> in.add(ByteBuffer.wrap(last)))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("chunk");
    assertThat(in.complete()).isFalse();
    in.add(out.chunk(out.count() - 1));
    assertThatThrownBy(() -> in.add(out.chunk(0))).isInstanceOf(MalformedDataException.class);
  }

  @Test
  void header_beyondTheLimit_isRefused() {
    assertThatThrownBy(() -> new IncomingOrder(out.header(), 100_000))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("announces 200000 bytes");
  }

  @Test
  void answer_inBytes_keepsEveryBit() throws MalformedDataException {
    ProbeAnswer answer = Orders.answer();

    ProbeAnswer read = ProbeAnswerCodec.decode(ProbeAnswerCodec.encode(answer));

    assertThat(read).isEqualTo(answer);
  }
}
