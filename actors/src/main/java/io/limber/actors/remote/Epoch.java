package io.limber.actors.remote;

/** Numbers of an environment's starts over all nodes: a later one is larger. */
final class Epoch {

  private Epoch() {}

  /**
   * @param placement counts the environment's nodes from 1
   * @param start counts its starts on that node from 1
   */
  static long of(int placement, int start) {
    return ((long) placement << 32) + start;
  }

  static int placement(long epoch) {
    return (int) (epoch >>> 32);
  }
}
