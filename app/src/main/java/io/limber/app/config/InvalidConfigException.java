package io.limber.app.config;

import java.util.List;

/**
 * The configuration cannot work. Holds every problem found, each a line that names path, value and
 * rule. Nothing has been started.
 */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems at least one
   */
  public InvalidConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** One line for each problem. */
  public List<String> problems() {
    return problems;
  }
}
