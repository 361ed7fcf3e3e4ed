package io.limber.app.console;

/** Shows how far one task is. Thread-safe. */
public interface ProgressView extends AutoCloseable {

  /**
   * @param done finished part, in the task's unit; never more than the total given at the start
   * @param details what else is worth a look, short
   */
  void update(long done, String details);

  /** Leaves the display in order, so that ordinary output can follow; idempotent. */
  @Override
  void close();
}
