package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.limber.actors.replay.ReplayActor;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.EncodedTransitions;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.ReplayContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitedRowsTest {

  private static final TransitionSpec SPEC = new TransitionSpec(Integer.BYTES);

  /** A batch of five rows goes as three pieces. */
  private static final BlockPlan PLAN = new BlockPlan(2, 3);

  private final AwaitedRows rows = new AwaitedRows();
  private final TestInbox<ReplayActor.Batch> learner = TestInbox.create();
  private final TestInbox<ReplayActor.Peeked> probe = TestInbox.create();

  @Test
  void batches_piecesOfBothInOrder_areAnsweredEachWhenItIsWhole() throws Exception {
    rows.add(sample());
    rows.add(sample());

    take(0, 10);
    assertThat(numbers(learner.receiveMessage().transitions())).isEqualTo(numbers(drawn(10)));
    take(0, 20);

    assertThat(numbers(learner.receiveMessage().transitions())).isEqualTo(numbers(drawn(20)));
    assertThat(rows.batches()).isZero();
    assertThat(rows.bytes()).isPositive();
  }

  @Test
  void drawsForProbes_betweenBatches_reachTheirProbe() throws Exception {
    rows.add(sample());
    ReplayContent.Peek ask =
        (ReplayContent.Peek)
            rows.add(new ReplayActor.Peek(77, new Transitions(SPEC, 5), 3, probe.getRef()));

    assertThat(ask.rows()).isEqualTo(5);
    assertThat(ask.seed()).isEqualTo(3);
    take(ask.id(), 30);

    ReplayActor.Peeked peeked = probe.receiveMessage();
    assertThat(peeked.id()).isEqualTo(77);
    assertThat(numbers(peeked.transitions())).isEqualTo(numbers(drawn(30)));
    assertThat(learner.hasMessages()).isFalse();
  }

  @Test
  void batch_halfThereWhenTheTableIsLost_comesWholeFromTheNext() throws Exception {
    rows.add(sample());
    rows.take(pieces(0, 10).get(0));

    assertThat(rows.askAgain()).hasSize(1);
    take(0, 20);

    assertThat(numbers(learner.receiveMessage().transitions())).isEqualTo(numbers(drawn(20)));
  }

  @Test
  void piece_thatIsNotTheNextOrThatNobodyAskedFor_isRefused() {
    assertThatThrownBy(() -> take(0, 10)).isInstanceOf(MalformedDataException.class);
    rows.add(sample());

    assertThatThrownBy(() -> rows.take(pieces(0, 10).get(1)))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("a piece from row 2 on of 5, where row 0 of 5 is expected");
    assertThatThrownBy(() -> take(1, 10)).isInstanceOf(MalformedDataException.class);
  }

  private ReplayActor.Sample sample() {
    return new ReplayActor.Sample(new Transitions(SPEC, 5), learner.getRef());
  }

  private void take(long peek, int first) throws MalformedDataException {
    for (ReplayContent.Drawn piece : pieces(peek, first)) {
      rows.take(piece);
    }
  }

  private static List<ReplayContent.Drawn> pieces(long peek, int first) {
    List<EncodedTransitions> blocks = PLAN.cut(drawn(first));
    return List.of(
        new ReplayContent.Drawn(peek, 0, 5, blocks.get(0)),
        new ReplayContent.Drawn(peek, 2, 5, blocks.get(1)),
        new ReplayContent.Drawn(peek, 4, 5, blocks.get(2)));
  }

  private static Transitions drawn(int first) {
    Transitions batch = new Transitions(SPEC, 5);
    for (int i = 0; i < 5; i++) {
      batch.sTm1().putInt(i * Integer.BYTES, first + i);
    }
    batch.setSize(5);
    return batch;
  }

  private static List<Integer> numbers(Transitions batch) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      numbers.add(batch.sTm1().getInt(i * Integer.BYTES));
    }
    return numbers;
  }
}
