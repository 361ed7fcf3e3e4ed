package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import io.limber.core.random.SeededRandom;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.OnReplayLink;
import io.limber.protos.wire.ReplayContent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends over a network that loses, repeats, exchanges and alters what it carries. */
class ReplayLinkTest {

  private static final int MESSAGES = 500;

  /** One end, with what is on its way to it. */
  private static final class End {
    private final TestInbox<OnReplayLink> inbox = TestInbox.create();
    private final List<OnReplayLink> onItsWay = new ArrayList<>();
    private final List<Long> taken = new ArrayList<>();
    private ReplayLink link;

    void receiveNext(boolean altered) {
      link.receive(onItsWay.remove(0), content -> take(content, altered));
    }

    private void take(ReplayContent content, boolean altered) throws MalformedDataException {
      if (altered) {
        throw new MalformedDataException("altered");
      }
      taken.add(((ReplayContent.Stored) content).inserted());
    }
  }

  private final End run = new End();
  private final End node = new End();

  private void connect() {
    run.link = new ReplayLink(3, node.inbox.getRef());
    node.link = new ReplayLink(3, run.inbox.getRef());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void link_overABadNetwork_bringsAllOnceAndInOrderBothWays(long seed) {
    SeededRandom random = new SeededRandom(seed);
    connect();
    int sent = 0;
    int rounds = 0;

    while (run.taken.size() < MESSAGES || node.taken.size() < MESSAGES) {
      if (sent < MESSAGES && random.nextInt(3) == 0) {
        run.link.send(new ReplayContent.Stored(sent, 0));
        node.link.send(new ReplayContent.Stored(sent, 0));
        sent++;
      }
      carry(run, random);
      carry(node, random);
      if (random.nextInt(5) == 0) {
        run.link.tick();
        node.link.tick();
      }
      assertThat(rounds++).as("rounds").isLessThan(200_000);
    }

    List<Long> all = LongStream.range(0, MESSAGES).boxed().toList();
    assertThat(run.taken).isEqualTo(all);
    assertThat(node.taken).isEqualTo(all);
    assertThat(run.link.resent()).isPositive();
  }

  @Test
  void link_overAGoodNetwork_sendsNothingAgain() {
    connect();
    for (int i = 0; i < 100; i++) {
      run.link.send(new ReplayContent.Stored(i, 0));
      deliver(node);
      if (i % 10 == 0) {
        run.link.tick();
        node.link.tick();
      }
      deliver(run);
    }

    assertThat(node.taken).hasSize(100);
    assertThat(run.link.resent()).isZero();
  }

  @Test
  void link_messageOfAnEarlierTable_isNotTaken() {
    connect();

    node.link.receive(
        new OnReplayLink.Frame(2, 0, 0, new ReplayContent.Stored(7, 0)),
        content -> node.taken.add(7L));

    assertThat(node.taken).isEmpty();
  }

  private static void deliver(End end) {
    end.onItsWay.addAll(end.inbox.getAllReceived());
    while (!end.onItsWay.isEmpty()) {
      end.receiveNext(false);
    }
  }

  private static void carry(End end, SeededRandom random) {
    for (OnReplayLink message : end.inbox.getAllReceived()) {
      int dice = random.nextInt(10);
      if (dice > 0) {
        end.onItsWay.add(message);
      }
      if (dice == 9) {
        end.onItsWay.add(random.nextInt(end.onItsWay.size()), message);
      }
    }
    if (!end.onItsWay.isEmpty()) {
      end.receiveNext(random.nextInt(20) == 0);
    }
  }
}
