package io.limber.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every environment must pass: extend it and say how to make one. */
interface EnvironmentContract {

  /** A new environment; all alike. Its episodes should end within {@link #steps()}. */
  Environment create();

  /** Actions to try in each check. */
  default int steps() {
    return 200;
  }

  @Test
  default void environment_underTheChecker_breaksNoRule() {
    assertThat(EnvironmentChecker.violations(this::create, steps(), 11L)).isEmpty();
  }
}
