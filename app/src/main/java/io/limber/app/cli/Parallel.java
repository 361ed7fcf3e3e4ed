package io.limber.app.cli;

import io.limber.app.config.InvalidConfigException;
import java.util.List;
import java.util.OptionalInt;

/** What {@code --parallel} says. */
final class Parallel {

  private Parallel() {}

  /**
   * @param given null where it was not given
   * @throws InvalidConfigException if it is negative
   */
  static OptionalInt of(Integer given) {
    if (given != null && given < 0) {
      throw new InvalidConfigException(
          List.of("--parallel = " + given + " must not be negative: it counts agents"));
    }
    return given == null ? OptionalInt.empty() : OptionalInt.of(given);
  }
}
