package io.limber.actors.learner;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import io.limber.core.agent.ParameterSnapshot;
import io.limber.testkit.FakeParameters;
import org.junit.jupiter.api.Test;

class ParameterBoardTest {

  private final BehaviorTestKit<ParameterBoard.Command> board =
      BehaviorTestKit.create(ParameterBoard.create());
  private final TestInbox<ParameterBoard.Published> reader = TestInbox.create();

  private static ParameterSnapshot at(long step) {
    return FakeParameters.snapshot(step, step);
  }

  @Test
  void fetch_beforeAnythingIsPublished_isAnsweredLater() {
    board.run(new ParameterBoard.Fetch(0, reader.getRef()));
    assertThat(reader.hasMessages()).isFalse();

    board.run(new ParameterBoard.Publish(at(0)));

    assertThat(reader.receiveMessage().snapshot().step()).isZero();
  }

  @Test
  void fetch_ofALaterStep_waitsForItAndGetsTheNewest() {
    board.run(new ParameterBoard.Publish(at(10)));
    board.run(new ParameterBoard.Fetch(15, reader.getRef()));
    assertThat(reader.hasMessages()).isFalse();

    board.run(new ParameterBoard.Publish(at(20)));

    assertThat(reader.receiveMessage().snapshot().step()).isEqualTo(20);
  }

  @Test
  void fetch_again_replacesTheReadersRequest() {
    board.run(new ParameterBoard.Fetch(5, reader.getRef()));
    board.run(new ParameterBoard.Fetch(10, reader.getRef()));

    board.run(new ParameterBoard.Publish(at(10)));

    assertThat(reader.getAllReceived()).hasSize(1);
  }

  @Test
  void publish_ofAnOlderSnapshot_isIgnored() {
    board.run(new ParameterBoard.Publish(at(20)));
    board.run(new ParameterBoard.Publish(at(10)));

    board.run(new ParameterBoard.Fetch(0, reader.getRef()));

    assertThat(reader.receiveMessage().snapshot().step()).isEqualTo(20);
  }
}
