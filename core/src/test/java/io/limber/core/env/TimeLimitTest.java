package io.limber.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

  private final ByteBuffer observation = ByteBuffer.allocate(8);

  private Environment started(int maxSteps) {
    Environment environment = new TimeLimit(new FakeEnvironment(), maxSteps);
    environment.reset(1, observation.clear());
    return environment;
  }

  private Step step(Environment environment) {
    return environment.step(2, observation.clear());
  }

  @Test
  void step_atTheLimit_isTruncatedAndKeepsItsReward() {
    Environment environment = started(2);

    assertThat(step(environment)).isEqualTo(new Step(2, false, false));
    assertThat(step(environment)).isEqualTo(new Step(2, false, true));
  }

  @Test
  void step_thatTerminatesAtTheLimit_isTerminatedOnly() {
    Environment environment = started(FakeEnvironment.LENGTH);
    for (int i = 1; i < FakeEnvironment.LENGTH; i++) {
      assertThat(step(environment).last()).isFalse();
    }

    assertThat(step(environment)).isEqualTo(new Step(2, true, false));
  }

  @Test
  void step_afterTruncation_isRefusedUntilReset() {
    Environment environment = started(1);
    step(environment);

    assertThatIllegalStateException().isThrownBy(() -> step(environment));

    environment.reset(observation.clear());
    assertThat(step(environment).truncated()).isTrue();
  }

  @Test
  void step_refusedAction_doesNotCount() {
    Environment environment = started(2);

    assertThatIllegalArgumentException().isThrownBy(() -> environment.step(3, observation.clear()));

    assertThat(step(environment).truncated()).isFalse();
  }

  @Test
  void environment_underTheChecker_breaksNoRule() {
    assertThat(EnvironmentChecker.violations(() -> new TimeLimit(new FakeEnvironment(), 3), 50, 1L))
        .isEmpty();
  }

  @Test
  void close_closesTheEnvironmentInside() {
    FakeEnvironment inside = new FakeEnvironment();

    new TimeLimit(inside, 1).close();

    assertThat(inside.closed).isEqualTo(1);
  }

  @Test
  void construction_withoutAStep_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeLimit(new FakeEnvironment(), 0))
        .withMessage("maxSteps = 0 must be at least 1");
  }
}
