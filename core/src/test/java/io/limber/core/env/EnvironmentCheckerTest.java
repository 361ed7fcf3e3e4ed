package io.limber.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.limber.core.random.SeededRandom;
import io.limber.core.state.SavedState;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The checker finds each kind of mistake; every environment here breaks one rule. */
class EnvironmentCheckerTest {

  private static void assertFinds(Supplier<Environment> environments, String violation) {
    assertThat(EnvironmentChecker.violations(environments, 50, 1L))
        .anySatisfy(found -> assertThat(found).contains(violation));
  }

  @Test
  void violations_ofASoundEnvironment_areNone() {
    assertThat(EnvironmentChecker.violations(FakeEnvironment::new, 50, 1L)).isEmpty();
  }

  @Test
  void violations_ofOneThatNeverEnds_areNone() {
    Supplier<Environment> endless =
        () ->
            new FakeEnvironment() {
              @Override
              public Step step(int action, ByteBuffer observation) {
                stepsLeft += stepsLeft == 0 ? 0 : 1;
                return super.step(action, observation);
              }
            };

    assertThat(EnvironmentChecker.violations(endless, 50, 1L)).isEmpty();
  }

  @Test
  void violations_ofADeterministicEnvironment_areNone() {
    Supplier<Environment> constant =
        () ->
            new FakeEnvironment() {
              @Override
              void observe(ByteBuffer observation) {
                observation.putFloat(1).putFloat(2);
              }
            };

    assertThat(EnvironmentChecker.violations(constant, 50, 1L)).isEmpty();
  }

  private static Supplier<Environment> labelling(IntUnaryOperator labelAtStepsLeft) {
    return () ->
        new FakeEnvironment() {
          @Override
          public Step step(int action, ByteBuffer observation) {
            Step step = super.step(action, observation);
            int label = labelAtStepsLeft.applyAsInt(stepsLeft);
            return new Step(step.reward(), step.terminated(), step.truncated(), label);
          }
        };
  }

  @Test
  void violations_labelWithEveryStep_areNone() {
    assertThat(EnvironmentChecker.violations(labelling(left -> left % 3), 50, 1L)).isEmpty();
  }

  @Test
  void violations_labelsOutsideTheActionsOrNowAndThen_areFound() {
    assertFinds(labelling(left -> 3), "label 3 must be an action or -1");
    assertFinds(
        labelling(left -> left == 2 ? 0 : Step.NO_LABEL),
        "a label must come with every step or with none");
  }

  @Test
  void violations_spacesThatChange_areFound() {
    AtomicInteger calls = new AtomicInteger();

    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              public ActionSpace actionSpace() {
                return new ActionSpace(calls.incrementAndGet());
              }
            },
        "spaces: must be the same at every call");
  }

  @Test
  void violations_missingSpace_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              public ObservationSpace observationSpace() {
                return null;
              }
            },
        "spaces: spaces must not be null");
  }

  @Test
  void violations_stepBeforeReset_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              {
                random = new SeededRandom(1);
                stepsLeft = LENGTH;
              }
            },
        "before the first reset: a step must be refused with IllegalStateException");
  }

  @Test
  void violations_unseededResetBeforeASeededOne_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              {
                random = new SeededRandom(1);
              }
            },
        "an unseeded reset must be refused with IllegalStateException");
  }

  @Test
  void violations_observationTooShort_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              void observe(ByteBuffer observation) {
                observation.putFloat(random.nextFloat());
              }
            },
        "must move the buffer on by 8 bytes, not 4");
  }

  @Test
  void violations_byteLeftUnwritten_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              void observe(ByteBuffer observation) {
                observation.putFloat(random.nextFloat());
                observation.position(observation.position() + 4);
              }
            },
        "observations: ");
  }

  @Test
  void violations_writingOutsideTheObservation_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              void observe(ByteBuffer observation) {
                super.observe(observation);
                observation.put(0, (byte) 1);
              }
            },
        "nothing may be written outside");
  }

  @Test
  void violations_observationThatIsNotFinite_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              void observe(ByteBuffer observation) {
                observation.putFloat(1).putFloat(Float.NaN);
              }
            },
        "an observation holds NaN");
  }

  @Test
  void violations_unseededRandomness_isFound() {
    AtomicInteger instances = new AtomicInteger();

    assertFinds(
        () ->
            new FakeEnvironment() {
              final int own = instances.incrementAndGet();

              @Override
              double reward(int action) {
                return own;
              }
            },
        "equal seeds must give equal episodes in two instances");
  }

  @Test
  void violations_memoryBeyondASeededReset_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              private int steps;

              @Override
              double reward(int action) {
                return steps++;
              }
            },
        "equal seeds must give equal episodes when an instance is reset again");
  }

  @Test
  void violations_unseededResetThatStartsAnew_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              public void reset(ByteBuffer observation) {
                random = random == null ? null : new SeededRandom(seed);
                super.reset(observation);
              }
            },
        "unseeded reset: must go on with the random state");
  }

  @Test
  void violations_rewardThatIsNotFinite_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              double reward(int action) {
                return Double.POSITIVE_INFINITY;
              }
            },
        "steps: reward Infinity must be a finite number");
  }

  @Test
  void violations_stepAfterTheEnd_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              void checkRunning() {}
            },
        "a step after the episode's end must be refused");
  }

  @Test
  void violations_invalidActionAccepted_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              void checkAction(int action) {}
            },
        "invalid actions: action -1 must be refused with IllegalArgumentException");
  }

  @Test
  void violations_invalidActionRefusedWithAnotherException_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              void checkAction(int action) {
                if (action < 0) {
                  throw new ArrayIndexOutOfBoundsException(action);
                }
                super.checkAction(action);
              }
            },
        "not java.lang.ArrayIndexOutOfBoundsException");
  }

  @Test
  void violations_invalidActionThatEndsTheEpisode_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              void checkAction(int action) {
                stepsLeft = actionSpace().contains(action) ? stepsLeft : 0;
                super.checkAction(action);
              }
            },
        "invalid actions: throws java.lang.IllegalStateException");
  }

  @Test
  void violations_stateWithoutItsEpisode_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              public void restore(SavedState state) {
                random = new SeededRandom(state.integer("random"));
              }
            },
        "saved state: an instance with the state of another must go on as that one does");
  }

  @Test
  void violations_closeThatFailsTheSecondTime_isFound() {
    assertFinds(
        () ->
            new FakeEnvironment() {
              @Override
              public void close() {
                if (closed++ > 0) {
                  throw new IllegalStateException("closed twice");
                }
              }
            },
        "close: throws java.lang.IllegalStateException: closed twice");
  }

  @Test
  void violations_noStep_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnvironmentChecker.violations(FakeEnvironment::new, 0, 1L));
  }
}
