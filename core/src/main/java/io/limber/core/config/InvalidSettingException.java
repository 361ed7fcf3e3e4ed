package io.limber.core.config;

/**
 * A setting that is unknown, of the wrong type, or cannot work. The message names the path, the
 * value, the rule it breaks and, where there is one, how to mend it. The program does not start.
 */
public final class InvalidSettingException extends IllegalArgumentException {

  private final String path;

  /**
   * @param path full HOCON path, for instance {@code limber.replay.min-size}
   * @param value the refused value as the user wrote it
   * @param rule what the value must do and why, completing "must …"
   */
  public InvalidSettingException(String path, Object value, String rule) {
    super(path + " = " + value + " must " + rule);
    this.path = path;
  }

  private InvalidSettingException(String path, String message) {
    super(message);
    this.path = path;
  }

  /** A refusal whose whole message is given, for problems that are not about one value's rule. */
  public static InvalidSettingException of(String path, String message) {
    return new InvalidSettingException(path, message);
  }

  /** Full HOCON path of the refused setting. */
  public String path() {
    return path;
  }
}
