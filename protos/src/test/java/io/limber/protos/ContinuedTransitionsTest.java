package io.limber.protos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chunk after chunk of one environment, without what the chunk before ended with. */
class ContinuedTransitionsTest {

  private static final TransitionSpec SPEC = new TransitionSpec(64);
  private static final int ROWS = 11;

  private final SeededRandom random = new SeededRandom(5);
  private final LatestObservations sender = new LatestObservations(SPEC, ROWS);
  private final LatestObservations receiver = new LatestObservations(SPEC, ROWS);

  @Test
  void decode_ofAChain_givesEachChunkInPiecesOfAnySize() throws MalformedDataException {
    Transitions chunk = next(null, 0);
    for (int i = 0; i < 200; i++) {
      int rows = 1 + random.nextInt(ROWS);
      for (int from = 0; from < ROWS; from += rows) {
        int to = Math.min(from + rows, ROWS);
        Transitions into = new Transitions(SPEC, rows);

        TransitionsCodec.decode(encode(chunk, from, to), into, receiver);

        assertThat(TransitionsCodec.encode(into))
            .isEqualTo(TransitionsCodec.encode(part(chunk, from, to)));
      }
      chunk = next(chunk, random.nextInt(ROWS + 1));
    }
  }

  @Test
  void encode_ofAChunkThatContinues_leavesAlmostHalfOfItOut() {
    Transitions chunk = next(null, 0);
    int whole = encode(chunk, 0, ROWS).size();

    int continued = encode(next(chunk, 0), 0, ROWS).size();

    assertThat(whole - continued).isBetween(ROWS * SPEC.observationBytes() - 2, whole);
  }

  @Test
  void decode_ofWhatContinuesTheUnknown_isRefusedAndLearnsNothing() throws MalformedDataException {
    Transitions chunk = next(null, 0);
    EncodedTransitions first = encode(chunk, 0, ROWS);
    EncodedTransitions second = encode(next(chunk, 0), 0, ROWS);
    Transitions into = new Transitions(SPEC, ROWS);

    assertThatThrownBy(() -> TransitionsCodec.decode(second, into, receiver))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("row 10 of a block continues one that is not known");
    assertThatThrownBy(() -> TransitionsCodec.decode(second, into))
        .hasMessage("block continues another one, which is not at hand");
    assertThat(into.size()).isZero();

    TransitionsCodec.decode(first, into, receiver);
    TransitionsCodec.decode(second, into, receiver);
    receiver.forget();
    assertThatThrownBy(() -> TransitionsCodec.decode(second, into, receiver))
        .isInstanceOf(MalformedDataException.class);
  }

  @Test
  void decode_ofRowsBeyondTheChunk_isRefused() {
    EncodedTransitions block = encode(next(null, 0), 0, ROWS);
    LatestObservations few = new LatestObservations(SPEC, ROWS - 1);

    assertThatThrownBy(() -> TransitionsCodec.decode(block, new Transitions(SPEC, ROWS), few))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("block of 11 transitions begins at row 0 of its chunk");
  }

  private EncodedTransitions encode(Transitions chunk, int from, int to) {
    return TransitionsCodec.encode(chunk, from, to, sender);
  }

  /** Begins where {@code before} ended, but for {@code resets} rows that begin anew. */
  private Transitions next(Transitions before, int resets) {
    Transitions chunk = new Transitions(SPEC, ROWS);
    for (ByteBuffer column :
        List.of(chunk.sTm1(), chunk.aTm1(), chunk.rT(), chunk.discountT(), chunk.sT())) {
      byte[] bytes = new byte[column.remaining()];
      random.nextBytes(bytes);
      column.put(bytes);
    }
    if (before != null) {
      List<Integer> rows = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        rows.add(row);
      }
      for (int i = 0; i < resets; i++) {
        rows.remove(random.nextInt(rows.size()));
      }
      int bytes = SPEC.observationBytes();
      rows.forEach(row -> chunk.sTm1().put(row * bytes, before.sT(), row * bytes, bytes));
    }
    chunk.setSize(ROWS);
    return chunk;
  }

  private static Transitions part(Transitions chunk, int from, int to) {
    Transitions part = new Transitions(SPEC, to - from);
    int bytes = SPEC.observationBytes();
    part.sTm1().put(0, chunk.sTm1(), from * bytes, (to - from) * bytes);
    part.aTm1().put(0, chunk.aTm1(), from * 4, (to - from) * 4);
    part.rT().put(0, chunk.rT(), from * 4, (to - from) * 4);
    part.discountT().put(0, chunk.discountT(), from * 4, (to - from) * 4);
    part.sT().put(0, chunk.sT(), from * bytes, (to - from) * bytes);
    part.setSize(to - from);
    return part;
  }
}
