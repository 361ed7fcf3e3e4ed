package io.limber.actors.remote.probe;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.limber.actors.remote.NodeActor;
import io.limber.actors.remote.RunOpener;

/** A node that measures for the runs of its cluster. */
public final class ProbeNode {

  private ProbeNode() {}

  /**
   * The node's actor.
   *
   * @param opener makes what a run's probes need here
   * @param atOnce measurements at a time, of all runs together
   */
  public static Behavior<NodeActor.Command> create(RunOpener opener, int atOnce) {
    return Behaviors.setup(
        context -> {
          // Not restarted: it has no reason to fail, and a fresh one would not know who measures.
          ActorRef<ProbeTurns.Command> turns = context.spawn(ProbeTurns.create(atOnce), "turns-0");
          return NodeActor.create(
              opener,
              NodeActor.PROBE_NODES,
              (run, node, first) -> ProbeHost.create(run, node, first, atOnce, turns));
        });
  }
}
