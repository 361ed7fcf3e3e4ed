package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.limber.actors.replay.ReplayActor;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.protos.MalformedDataException;
import io.limber.protos.TransitionsCodec;
import io.limber.protos.wire.ReplayContent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnstoredChunksTest {

  private static final TransitionSpec SPEC = new TransitionSpec(Integer.BYTES);

  /** Chunks of three rows go as two blocks. */
  private static final BlockPlan PLAN = new BlockPlan(2, 2);

  private final UnstoredChunks chunks = new UnstoredChunks(PLAN);
  private final TestInbox<ReplayActor.WriterReply> writer = TestInbox.create();
  private int numbered;

  /** A table that dies now and then and comes back with what its last checkpoint held. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void table_thatDiesAtRandom_holdsNothingTwiceAndWhatItLacksIsCounted(long seed)
      throws MalformedDataException {
    SeededRandom random = new SeededRandom(seed);
    Deque<ReplayContent> onTheirWay = new ArrayDeque<>();
    List<Integer> table = new ArrayList<>();
    List<Integer> checkpoint = List.of();
    int unanswered = 0;
    long lost = 0;

    for (int i = 0; i < 20_000; i++) {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> onTheirWay.addAll(chunks.add(insert(1)));
        case 3, 4, 5, 6 -> unanswered += store(onTheirWay, table) ? 1 : 0;
        case 7, 8, 9, 10 -> {
          if (unanswered > 0) {
            unanswered--;
            chunks.blockStored();
            chunks.answer(0, 0);
          }
        }
        default -> {
          if (random.nextInt(20) == 0) {
            checkpoint = List.copyOf(table);
          } else if (random.nextInt(40) == 0) {
            table = new ArrayList<>(checkpoint);
            lost += chunks.restoredAt(table.size(), true);
            onTheirWay = new ArrayDeque<>(chunks.all());
            unanswered = 0;
          }
        }
      }
    }
    while (store(onTheirWay, table)) {
      // the rest comes
    }

    assertThat(lost).isPositive();
    assertThat(new HashSet<>(table)).hasSize(table.size());
    assertThat(table).hasSize((int) (numbered - lost));
    assertThat(table).isSorted();
  }

  @Test
  void writer_thatStartsAnew_isWelcomedWhenAllItSentBeforeIsStored() {
    chunks.announce(new ReplayActor.Announce(1, writer.getRef()));
    chunks.answer(0, 0);
    chunks.add(insert(1));
    chunks.announce(new ReplayActor.Announce(2, writer.getRef()));
    chunks.announce(new ReplayActor.Announce(3, writer.getRef()));

    chunks.blockStored();
    chunks.answer(2, 0);
    assertThat(writer.getAllReceived())
        .extracting(ReplayActor.WriterReply::epoch)
        .containsExactly(1);
    chunks.blockStored();
    chunks.answer(3, 0);

    assertThat(writer.getAllReceived())
        .extracting(ReplayActor.WriterReply::epoch)
        .containsExactly(1, 3);
  }

  @Test
  void table_ofAnotherTimeline_getsAllBlocks() {
    chunks.restoredAt(10, false);
    chunks.add(insert(1));

    assertThat(chunks.restoredAt(12, false)).isZero();

    assertThat(chunks.all()).hasSize(2);
  }

  private ReplayActor.Insert insert(int epoch) {
    Transitions chunk = new Transitions(SPEC, 3);
    for (int i = 0; i < 3; i++) {
      chunk.sTm1().putInt(i * Integer.BYTES, numbered++);
    }
    chunk.setSize(3);
    return new ReplayActor.Insert(chunk, epoch, writer.getRef());
  }

  private static boolean store(Deque<ReplayContent> onTheirWay, List<Integer> table)
      throws MalformedDataException {
    if (onTheirWay.isEmpty()) {
      return false;
    }
    Transitions block = new Transitions(SPEC, 2);
    TransitionsCodec.decode(((ReplayContent.Insert) onTheirWay.remove()).block(), block);
    for (int i = 0; i < block.size(); i++) {
      table.add(block.sTm1().getInt(i * Integer.BYTES));
    }
    return true;
  }
}
