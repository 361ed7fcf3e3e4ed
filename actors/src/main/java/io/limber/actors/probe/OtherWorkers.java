package io.limber.actors.probe;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;

/**
 * Workers that join a run's probe actors, and leave.
 *
 * @param only whether the run's own measure nothing
 * @param source makes the actor that brings them
 */
public record OtherWorkers(boolean only, Source source) {

  /** Makes the actor that brings them. */
  @FunctionalInterface
  public interface Source {

    /**
     * @param kept takes what was measured
     * @param firstIndex number of the first worker that joins
     * @param events the coordinator
     */
    Behavior<?> create(KeptSnapshots kept, int firstIndex, ActorRef<ProbeActor.Event> events);
  }
}
