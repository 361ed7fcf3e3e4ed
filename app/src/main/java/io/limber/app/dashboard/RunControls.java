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

  /** Whether {@link #checkpoint} does anything: a run may take none. */
  boolean checkpoints();

  /** Takes a checkpoint at the learner's next step boundary. */
  void checkpoint();

  /** Names for {@link #fire}: the interventions that are on. */
  List<String> interventions();

  /** Fires an intervention after the learner's next update. */
  void fire(String name);

  /** Measures at the learner's next step boundary, whatever the schedule says. */
  void probe(String name);
}
