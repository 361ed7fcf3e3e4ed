package io.limber.actors.checkpoint;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.limber.actors.environment.EnvironmentActor;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.probe.ProbeCoordinator;
import io.limber.actors.replay.ReplayActor;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.core.metrics.Report;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All whose states make a checkpoint, and the questions to them. Used by the actor alone whose
 * context it has.
 */
final class Participants {

  private final ActorContext<Checkpointer.Command> context;
  private final Checkpointer.Neighbours neighbours;
  private final Map<String, ActorRef<EnvironmentActor.Command>> here = new HashMap<>();

  /** Watches the environments in this process. */
  Participants(ActorContext<Checkpointer.Command> context, Checkpointer.Neighbours neighbours) {
    this.context = context;
    this.neighbours = neighbours;
    for (ActorRef<EnvironmentActor.Command> environment : neighbours.environments()) {
      here.put(environment.path().name(), environment);
      context.watch(environment);
    }
  }

  /** Names of the environments that will answer. */
  Set<String> environments() {
    Set<String> names = new HashSet<>(here.keySet());
    neighbours.elsewhere().ifPresent(elsewhere -> names.addAll(elsewhere.names()));
    return names;
  }

  /** An environment in this process was given up. */
  void ended(String environment) {
    here.remove(environment);
  }

  /**
   * Asks all but the metrics what they go on from.
   *
   * @param firstRow from which on replay has to write
   * @param folder takes replay's rows
   */
  void ask(long step, boolean stopping, long firstRow, CheckpointFolder folder) {
    EnvironmentActor.Save save =
        new EnvironmentActor.Save(
            step, adapter(EnvironmentActor.Saved.class, Checkpointer.EnvironmentSaved::new));
    here.values().forEach(environment -> environment.tell(save));
    neighbours.elsewhere().ifPresent(elsewhere -> elsewhere.ask().accept(save));
    neighbours
        .replay()
        .tell(
            new ReplayActor.Save(
                step,
                firstRow,
                folder,
                adapter(ReplayActor.SaveReply.class, Checkpointer.ReplaySaved::new)));
    neighbours
        .probes()
        .tell(
            new ProbeCoordinator.Save(
                step,
                stopping,
                adapter(ProbeCoordinator.Saved.class, Checkpointer.ProbesSaved::new)));
    neighbours
        .board()
        .tell(
            new ParameterBoard.Fetch(
                0, adapter(ParameterBoard.Published.class, Checkpointer.PolicyRead::new)));
  }

  /** Asks how long the record of metrics is. */
  void askMetrics(long step) {
    neighbours
        .metrics()
        .tell(
            new MetricsActor.Mark(
                step, adapter(MetricsActor.Marked.class, Checkpointer.Marked::new)));
  }

  /** Asks for a moment at which all environments stand still; lockstep only. */
  void settle() {
    neighbours
        .replay()
        .tell(
            new ReplayActor.Settle(
                adapter(ReplayActor.Settled.class, settled -> new Checkpointer.Settled())));
  }

  void record(Report report) {
    neighbours.metrics().tell(new MetricsActor.Record(report));
  }

  private <A> ActorRef<A> adapter(
      Class<A> type, akka.japi.function.Function<A, Checkpointer.Command> wrap) {
    return context.messageAdapter(type, wrap);
  }
}
