package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import akka.actor.typed.receptionist.Receptionist;
import io.limber.protos.wire.ToReplayNode;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayNodesTest {

  private final ReplayNodes nodes = new ReplayNodes();
  private final TestInbox<ToReplayNode> first = TestInbox.create("first");
  private final TestInbox<ToReplayNode> second = TestInbox.create("second");

  @Test
  void choose_afterTheOnlyNodeRefused_asksItAgainOnceItIsForgiven() {
    listed(Set.of(first.getRef()));
    nodes.choose();

    nodes.drop();

    assertThat(nodes.choose()).isFalse();
    nodes.forgive();
    assertThat(nodes.choose()).isTrue();
  }

  @Test
  void choose_afterANodeHasLeft_waitsForAnotherThoughTheClusterStillHasIt() {
    listed(Set.of(first.getRef()));
    nodes.choose();

    nodes.chosenLeaves();
    nodes.drop();
    nodes.forgive();

    assertThat(nodes.choose()).isFalse();
    listed(Set.of(first.getRef(), second.getRef()));
    assertThat(nodes.choose()).isTrue();
    nodes.tell(new ToReplayNode.Close("run"));
    assertThat(first.hasMessages()).isFalse();
    assertThat(second.hasMessages()).isTrue();
  }

  private void listed(Set<ActorRef<ToReplayNode>> members) {
    nodes.lost(Receptionist.listing(ReplayNode.REPLAY_NODES, members));
  }
}
