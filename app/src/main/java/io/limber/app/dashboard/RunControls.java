package io.limber.app.dashboard;

import java.util.List;

/**
 * What can be done to a run of this process. No method waits; each says only that the run was told.
 */
public interface RunControls {

  /** Holds the learner before its next update; what it waits for waits too. */
  void pause();

  /** Goes on after {@link #pause}. */
  void resume();

  /** Ends the run cleanly. */
  void stop();

  /** Names for {@link #probe}. */
  List<String> probes();

  /** Measures at the learner's next step boundary, whatever the schedule says. */
  void probe(String name);
}
