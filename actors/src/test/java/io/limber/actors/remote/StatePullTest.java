package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.random.SeededRandom;
import io.limber.core.state.SavedState;
import io.limber.protos.OutgoingState;
import io.limber.protos.StateCodec;
import io.limber.protos.StatePiece;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatePullTest {

  private static final int WINDOW = 3;
  private static final int PIECE_BYTES = 128 << 10;

  private static SavedState state(int bytes) {
    byte[] raw = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      raw[i] = (byte) (i / 1000);
    }
    return SavedState.builder().put("raw", raw).build();
  }

  /** Questions and pieces are lost, repeated and overtake each other. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void pull_overALinkThatLosesAndRepeats_getsTheState(long seed) throws Exception {
    SavedState state = state(20 * PIECE_BYTES + 5);
    OutgoingState source = new OutgoingState(state);
    SeededRandom random = new SeededRandom(seed);
    StatePull pull = new StatePull(WINDOW);
    List<StatePull.Range> questions = new ArrayList<>(List.of(pull.next()));
    List<StatePiece> underWay = new ArrayList<>();
    int lost = 0;

    while (!pull.complete()) {
      if (questions.isEmpty() && underWay.isEmpty()) {
        pull.again().ifPresent(questions::add);
      } else if (!questions.isEmpty()) {
        StatePull.Range asked = questions.remove(random.nextInt(questions.size()));
        underWay.addAll(source.pieces(asked.from(), asked.to()));
      } else {
        StatePiece piece = underWay.remove(random.nextInt(underWay.size()));
        double dice = random.nextDouble();
        if (dice < 0.2) {
          lost++;
        } else {
          pull.add(piece).ifPresent(questions::add);
        }
        if (dice > 0.8) {
          underWay.add(piece);
        }
      }
      assertThat(underWay).as("bounded by window and repetitions").hasSizeLessThan(4 * WINDOW);
    }

    assertThat(lost).isPositive();
    assertThat(StateCodec.encode(pull.finish())).isEqualTo(StateCodec.encode(state));
  }

  @Test
  void pull_thatHears_asksForNothingAgain() throws Exception {
    OutgoingState source = new OutgoingState(state(5 * PIECE_BYTES));
    StatePull pull = new StatePull(2);

    assertThat(pull.again()).contains(new StatePull.Range(0, 2)); // nothing came yet
    assertThat(pull.add(source.pieces(0, 1).get(0))).contains(new StatePull.Range(2, 3));
    assertThat(pull.again()).isEmpty();
    assertThat(pull.again()).contains(new StatePull.Range(1, 3));
  }
}
