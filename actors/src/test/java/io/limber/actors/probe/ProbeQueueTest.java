package io.limber.actors.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import io.limber.testkit.FakeParameters;
import org.junit.jupiter.api.Test;

class ProbeQueueTest {

  private static ProbeTask task(long id, String probe) {
    Transitions transitions = new Transitions(new TransitionSpec(1), 1);
    return ProbeTask.first(id, probe, FakeParameters.agent(id, 0), transitions);
  }

  @Test
  void offer_underSkip_replacesTheOlderOneOfTheSameProbe() {
    ProbeQueue queue = new ProbeQueue(ProbePolicy.SKIP, 1);
    ProbeTask old = task(1, "alpha");
    queue.offer(old);

    assertThat(queue.offer(task(2, "beta"))).isEmpty();
    assertThat(queue.offer(task(3, "alpha"))).contains(old);

    assertThat(queue.poll().id()).isEqualTo(2);
    assertThat(queue.poll().id()).isEqualTo(3);
    assertThat(queue.poll()).isNull();
    assertThat(queue.learnerMayGoOn(5, 5)).isTrue();
  }

  @Test
  void learnerMayGoOn_underQueue_whileNoMoreThanItsSizeWait() {
    ProbeQueue queue = new ProbeQueue(ProbePolicy.QUEUE, 2);
    queue.offer(task(1, "alpha"));
    queue.offer(task(2, "alpha"));

    assertThat(queue.size()).isEqualTo(2);
    assertThat(queue.learnerMayGoOn(0, 1)).isTrue();
    assertThat(queue.learnerMayGoOn(1, 1)).isFalse();
  }

  @Test
  void learnerMayGoOn_underWait_whenNothingIsUnfinished() {
    ProbeQueue queue = new ProbeQueue(ProbePolicy.WAIT, 1);

    assertThat(queue.learnerMayGoOn(0, 0)).isTrue();
    assertThat(queue.learnerMayGoOn(0, 1)).isFalse();
    assertThat(queue.learnerMayGoOn(1, 0)).isFalse();
    queue.offer(task(1, "alpha"));
    assertThat(queue.learnerMayGoOn(0, 0)).isFalse();
  }

  @Test
  void offerFirst_aSecondAttempt_goesBeforeAllOthers() {
    ProbeQueue queue = new ProbeQueue(ProbePolicy.QUEUE, 4);
    queue.offer(task(2, "alpha"));

    queue.offerFirst(task(1, "alpha").again(0));

    assertThat(queue.poll()).extracting(ProbeTask::id, ProbeTask::attempt).containsExactly(1L, 2);
  }
}
