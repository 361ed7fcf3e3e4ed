package io.limber.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.limber.core.data.TestImages;
import io.limber.core.env.EnvironmentSettings.Kind;
import io.limber.core.random.RandomStreams;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.TransitionSpec;
import io.limber.core.replay.Transitions;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VectorEnvironmentTest {

  private static final RandomStreams RANDOM = new RandomStreams(1);
  private static final TransitionSpec SPEC = new TransitionSpec(8);

  private static VectorEnvironment vector(int size, Supplier<Environment> make) {
    return new VectorEnvironment(Stream.generate(make).limit(size).toList(), RANDOM);
  }

  private static byte[] row(ByteBuffer observations, int row, int bytes) {
    byte[] copy = new byte[bytes];
    observations.get(row * bytes, copy);
    return copy;
  }

  /** One environment stepped by hand, with the seed that the vector gives its i-th. */
  private record ByHand(Environment environment, ByteBuffer observation) {
    static ByHand start(Environment environment, int index) {
      ByteBuffer observation =
          ByteBuffer.allocate(environment.observationSpace().bytes())
              .order(ByteOrder.LITTLE_ENDIAN);
      environment.reset(RANDOM.seed("environment-" + index), observation);
      return new ByHand(environment, observation);
    }

    Step step(int action) {
      return environment.step(action, observation.clear());
    }

    byte[] observed() {
      return observation.array().clone();
    }
  }

  /** Everything a vector does is what its environments do one by one. */
  @Test
  void step_manyTimes_storesWhatEachEnvironmentDoesAlone() {
    EnvironmentFactory factory =
        EnvironmentFactory.of(TestTasks.settings(Kind.SPARSE_REWARD, 7), TestImages.of(4, 9));
    Supplier<Environment> make = () -> factory.create(RANDOM);
    int bytes = 3;
    List<ByHand> alone = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      alone.add(ByHand.start(make.get(), i));
    }
    SeededRandom actions = new SeededRandom(2);
    try (VectorEnvironment vector = vector(3, make)) {
      for (int round = 0; round < 100; round++) {
        Transitions into = new Transitions(new TransitionSpec(bytes), 3);
        int[] chosen = actions.ints(3, 0, 4).toArray();
        vector.step(chosen, into);

        for (int i = 0; i < 3; i++) {
          ByHand one = alone.get(i);
          assertThat(row(into.sTm1(), i, bytes)).isEqualTo(one.observed());
          Step step = one.step(chosen[i]);
          assertThat(into.actions().get(i)).isEqualTo(chosen[i]);
          assertThat(into.rewards().get(i)).isEqualTo((float) step.reward());
          assertThat(into.discounts().get(i)).isEqualTo(1f);
          assertThat(row(into.sT(), i, bytes)).isEqualTo(one.observed());
          if (step.last()) {
            one.environment().reset(one.observation().clear());
          }
          assertThat(row(vector.observations(), i, bytes)).isEqualTo(one.observed());
        }
      }
    }
  }

  @Test
  void step_thatTerminates_storesDiscountZeroAndTheTrueLastObservation() {
    try (VectorEnvironment vector = vector(2, FakeEnvironment::new)) {
      Transitions into = new Transitions(SPEC, 2 * FakeEnvironment.LENGTH);
      for (int i = 0; i < FakeEnvironment.LENGTH; i++) {
        vector.step(new int[] {0, 1}, into);
      }

      assertThat(into.size()).isEqualTo(into.capacity());
      for (int row = 0; row < into.capacity(); row++) {
        assertThat(into.discounts().get(row)).isEqualTo(row < into.capacity() - 2 ? 1f : 0f);
      }
      ByHand alone = ByHand.start(new FakeEnvironment(), 1);
      for (int i = 0; i < FakeEnvironment.LENGTH; i++) {
        alone.step(1);
      }
      assertThat(row(into.sT(), into.capacity() - 1, 8)).isEqualTo(alone.observed());
      alone.environment().reset(alone.observation().clear());
      assertThat(row(vector.observations(), 1, 8)).isEqualTo(alone.observed());
    }
  }

  @Test
  void step_thatTruncates_keepsTheBootstrap() {
    try (VectorEnvironment vector = vector(1, () -> new TimeLimit(new FakeEnvironment(), 1))) {
      Transitions into = new Transitions(SPEC, 1);

      vector.step(new int[] {0}, into);

      assertThat(into.discounts().get(0)).isEqualTo(1f);
      assertThat(vector.drainStatistics().episodes()).isEqualTo(1);
    }
  }

  @Test
  void observations_ofAVector_areADirectLittleEndianBufferAtItsStart() {
    try (VectorEnvironment vector = vector(3, FakeEnvironment::new)) {
      ByteBuffer observations = vector.observations();
      observations.position(5).limit(6); // what a reader may leave behind

      assertThat(vector.observations()).isSameAs(observations);
      assertThat(observations.isDirect()).isTrue();
      assertThat(observations.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
      assertThat(observations.position()).isZero();
      assertThat(observations.remaining()).isEqualTo(24);
    }
  }

  @Test
  void construction_equalEnvironments_givesEachItsOwnSeed() {
    try (VectorEnvironment vector = vector(2, FakeEnvironment::new)) {
      assertThat(row(vector.observations(), 0, 8)).isNotEqualTo(row(vector.observations(), 1, 8));
    }
  }

  @Test
  void drainStatistics_afterSomeSteps_countsThemOnce() {
    try (VectorEnvironment vector = vector(2, FakeEnvironment::new)) {
      Transitions into = new Transitions(SPEC, 2 * 7);
      for (int i = 0; i < 7; i++) { // one episode of 5 steps and 2 steps of the next
        vector.step(new int[] {1, 2}, into);
      }

      assertThat(vector.drainStatistics()).isEqualTo(new EpisodeStatistics(14, 2, 21, 15));
      assertThat(vector.drainStatistics()).isEqualTo(new EpisodeStatistics(0, 0, 0, 0));

      into.setSize(0);
      for (int i = 0; i < 3; i++) { // the return of an episode counts the steps before the drain
        vector.step(new int[] {1, 2}, into);
      }
      assertThat(vector.drainStatistics()).isEqualTo(new EpisodeStatistics(6, 2, 9, 15));
    }
  }

  /** Only a truncated step may make garbage, one small object per episode. */
  @Test
  void step_manyTimes_allocatesLessThanAByteAStep() {
    EnvironmentFactory factory =
        EnvironmentFactory.of(TestTasks.settings(Kind.TRUE_LABEL, 100), TestImages.of(10, 10));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    try (VectorEnvironment vector = vector(64, () -> factory.create(RANDOM))) {
      Transitions into = new Transitions(new TransitionSpec(3), 64);
      int[] actions = new int[64];
      vector.step(actions, into); // loads classes
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 2_000; i++) {
        into.setSize(0);
        vector.step(actions, into);
      }

      assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(64 * 2_000);
    }
  }

  @Test
  void step_whatDoesNotFit_isRefusedWithTheNumbers() {
    try (VectorEnvironment vector = vector(2, FakeEnvironment::new)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> vector.step(new int[1], new Transitions(SPEC, 2)))
          .withMessage("1 actions must be at least one for each of 2 environments");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> vector.step(new int[2], new Transitions(SPEC, 1)))
          .withMessage("room for 1 transitions must be at least 2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> vector.step(new int[2], new Transitions(new TransitionSpec(4), 2)))
          .withMessage("transitions with observations of 4 bytes must have 8");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> vector.step(new int[] {0, 3}, new Transitions(SPEC, 2)))
          .withMessage("action = 3 must lie in [0, 2]");
    }
  }

  @Test
  void step_environmentThatWritesTooLittle_isRefusedByNumber() {
    Environment tooLittle =
        new FakeEnvironment() {
          @Override
          void observe(ByteBuffer observation) {
            observation.putFloat(1);
          }
        };

    assertThatIllegalStateException()
        .isThrownBy(() -> new VectorEnvironment(List.of(tooLittle), RANDOM))
        .withMessage("environment 0 left its buffer at 4 instead of 8");
  }

  @Test
  void construction_unequalSpacesOrNone_isRefused() {
    Environment other = new FakeEnvironment();
    Environment smaller =
        new FakeEnvironment() {
          @Override
          public ActionSpace actionSpace() {
            return new ActionSpace(1);
          }
        };

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VectorEnvironment(List.of(other, smaller), RANDOM))
        .withMessage("environment 1 has other spaces than environment 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VectorEnvironment(List.of(), RANDOM))
        .withMessage("there must be at least one environment");
  }

  @Test
  void close_oneThatThrows_closesTheOthersToo() {
    FakeEnvironment last = new FakeEnvironment();
    Environment failing =
        new FakeEnvironment() {
          @Override
          public void close() {
            throw new IllegalStateException("cannot close");
          }
        };
    VectorEnvironment vector = new VectorEnvironment(List.of(failing, last), RANDOM);

    assertThatThrownBy(vector::close).hasMessage("cannot close");
    assertThat(last.closed).isEqualTo(1);
  }

  /** In the middle of episodes, and with statistics that nobody has drained yet. */
  @Test
  void restore_ofWhatAnotherSaved_goesOnAsThatOneDoes() {
    Transitions ofOne = new Transitions(SPEC, 3);
    Transitions ofOther = new Transitions(SPEC, 3);
    try (VectorEnvironment one = vector(3, FakeEnvironment::new);
        VectorEnvironment other =
            new VectorEnvironment(
                Stream.<Environment>generate(FakeEnvironment::new).limit(3).toList(),
                new RandomStreams(2))) {
      for (int i = 0; i < 13; i++) {
        ofOne.setSize(0);
        one.step(new int[] {0, 1, 2}, ofOne);
      }
      other.restore(one.save());
      for (int i = 0; i < 13; i++) {
        ofOne.setSize(0);
        ofOther.setSize(0);
        one.step(new int[] {2, 1, 0}, ofOne);
        other.step(new int[] {2, 1, 0}, ofOther);
        assertThat(ofOther.sTm1()).isEqualTo(ofOne.sTm1());
        assertThat(ofOther.sT()).isEqualTo(ofOne.sT());
      }
      assertThat(other.drainStatistics()).isEqualTo(one.drainStatistics());
    }
  }
}
