package io.limber.actors.run;

import io.limber.core.config.Section;

/** The threads for native calls must be enough for all who may hold one for long. */
final class NativeThreads {

  private static final String SIZE = "fixed-pool-size";

  private NativeThreads() {}

  static void check(Section limber, int environmentActors, int probeActors) {
    Section pool = limber.section("native-dispatcher").section("thread-pool-executor");
    int threads = pool.integer(SIZE);
    int needed = 1 + environmentActors + probeActors;
    pool.require(
        threads >= needed,
        SIZE,
        threads,
        "be at least "
            + needed
            + ": one for the learner, one for each of "
            + environmentActors
            + " environment actors and "
            + probeActors
            + " probe actors, or a probe could hold up training");
  }
}
