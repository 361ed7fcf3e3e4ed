package io.limber.actors.probe;

/** What a probe coordinator tells the run. */
public sealed interface ProbeEvent {

  /** All is measured or given up. */
  record Finished(ProbeTally tally) implements ProbeEvent {}

  /** A probe cannot work with these settings: the run must not start. */
  record Unavailable(String reason) implements ProbeEvent {

    static Unavailable tooMany(String probe, int wanted, int minSize) {
      return new Unavailable(
          "limber.replay.min-size = "
              + minSize
              + " must be at least the "
              + wanted
              + " transitions that the probe "
              + probe
              + " wants, or its first measurement could wait for ever");
    }
  }
}
