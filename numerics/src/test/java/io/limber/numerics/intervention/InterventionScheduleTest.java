package io.limber.numerics.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.intervention.Firing;
import io.limber.core.intervention.Trigger;
import io.limber.core.random.RandomStreams;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterventionScheduleTest {

  private final InterventionSchedule schedule = new InterventionSchedule(100);
  private final Transitions batch = new Transitions(new TransitionSpec(1), 1);

  @BeforeEach
  void addOne() {
    schedule.add(
        "redo",
        new Trigger.Every(30),
        new RandomStreams(1).stream("redo"),
        (step, seen) -> List.of(new Treatment.Part("dense-0", 1, 2)));
  }

  private List<Long> fired(long from, long to) {
    return LongStream.iterate(from, step -> step <= to, step -> step + 10)
        .flatMap(step -> schedule.fire(step, batch).stream().mapToLong(Firing::step))
        .boxed()
        .toList();
  }

  @Test
  void intervention_askedFor_firesOnceAndItsTriggerGoesOnAsBefore() {
    assertThat(fired(10, 40)).containsExactly(30L);

    schedule.ask("redo");

    assertThat(fired(50, 100)).containsExactly(50L, 60L, 90L);
  }

  @Test
  void intervention_askedForWhenDueAnyway_firesOnce() {
    schedule.ask("redo");

    assertThat(fired(30, 50)).containsExactly(30L);
  }

  @Test
  void intervention_thatIsNotOn_cannotBeAskedFor() {
    assertThatThrownBy(() -> schedule.ask("reset")).hasMessageContaining("reset");
  }
}
