package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.LatestObservations;
import io.limber.protos.MalformedDataException;
import io.limber.protos.TransitionsCodec;
import io.limber.protos.wire.ToInlet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final TransitionSpec SPEC = new TransitionSpec(Integer.BYTES);
  private static final long EPOCH = 7;

  /** Chunks of one row, one block each. */
  private static final BlockPlan PLAN = new BlockPlan(1, 1);

  private int numbered;
  private Outbox outbox;

  /** Three blocks fill a message. */
  @BeforeEach
  void begin() {
    int block = PLAN.cut(chunk()).get(0).size();
    numbered = 0;
    outbox = new Outbox(PLAN, new LatestObservations(SPEC, 1), 3 * block + block / 2);
    outbox.begin(EPOCH);
  }

  @Test
  void messages_thatAreFull_goAtOnceAndTheRestWhenToldTo() {
    add(7);

    assertThat(outbox.full()).extracting(ToInlet.Blocks::sequence).containsExactly(0L, 3L);
    assertThat(outbox.full()).isEmpty();
    assertThat(outbox.hasUnsent()).isTrue();
    assertThat(sequences(outbox.all())).containsExactly("6 to 6");
    assertThat(outbox.hasUnsent()).isFalse();
    assertThat(outbox.all()).isEmpty();
  }

  @Test
  void chunks_areGivenBackInOrderAsTheyAreConfirmed() {
    List<Transitions> chunks = add(4);
    outbox.all();

    assertThat(outbox.confirm(2)).containsExactly(chunks.get(0), chunks.get(1));
    assertThat(outbox.chunks()).isEqualTo(2);
    assertThat(outbox.confirm(2)).isEmpty();
    assertThat(outbox.confirm(4)).containsExactly(chunks.get(2), chunks.get(3));
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void blocks_thatGotLost_goAgainWithoutThoseThatAreConfirmed() {
    add(6);
    outbox.all();
    outbox.confirm(1);

    outbox.sendAgainFrom(2);
    assertThat(sequences(outbox.all())).containsExactly("2 to 4", "5 to 5");
    outbox.sendAgainFrom(0);
    assertThat(sequences(outbox.all())).containsExactly("1 to 3", "4 to 5");
  }

  @Test
  void blocks_thatWereNotSent_areNotTakenForSentAgain() {
    add(2);

    outbox.sendAgainFrom(2);

    assertThat(sequences(outbox.all())).containsExactly("0 to 1");
  }

  @Test
  void blocks_comeWhole() throws MalformedDataException {
    add(1);

    Transitions read = new Transitions(SPEC, 1);
    TransitionsCodec.decode(
        outbox.all().get(0).blocks().get(0), read, new LatestObservations(SPEC, 1));

    assertThat(read.sTm1().getInt(0)).isZero();
    assertThat(read.size()).isEqualTo(1);
  }

  @Test
  void blocks_thatAreTiny_areNotMoreThanAReaderTakes() {
    Outbox roomy = new Outbox(PLAN, new LatestObservations(SPEC, 1), 1 << 20);
    roomy.begin(EPOCH);
    for (int i = 0; i <= ToInlet.Blocks.MOST; i++) {
      roomy.add(chunk());
    }

    assertThat(sequences(roomy.full())).containsExactly("0 to 255");
    assertThat(sequences(roomy.all())).containsExactly("256 to 256");
  }

  private List<Transitions> add(int count) {
    List<Transitions> chunks = Stream.generate(this::chunk).limit(count).toList();
    chunks.forEach(outbox::add);
    return chunks;
  }

  /** One row, which continues none before it, so that all blocks are of one size. */
  private Transitions chunk() {
    Transitions chunk = new Transitions(SPEC, 1);
    chunk.sTm1().putInt(0, numbered++);
    chunk.sT().putInt(0, -numbered);
    chunk.setSize(1);
    return chunk;
  }

  private static List<String> sequences(List<ToInlet.Blocks> messages) {
    return messages.stream()
        .map(m -> m.sequence() + " to " + (m.sequence() + m.blocks().size() - 1))
        .toList();
  }
}
