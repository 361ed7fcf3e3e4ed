package io.limber.actors.replay;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.StashBuffer;
import io.limber.actors.resource.Lease;
import io.limber.core.replay.ReplayTable;
import java.util.function.Function;

/**
 * A replay actor before its table is there. The table is made on other threads, because the reading
 * of a large one would hold up all who share the actor's; what is asked meanwhile is answered in
 * its order when the table is there, as if the actor had started only then.
 *
 * <p>Bounds: writers that have not been welcomed send nothing but that they have started; learner
 * and probes ask for as much as of a table that is there. More than {@link #MOST_WAITING} is a
 * defect, and the actor fails.
 */
final class ReplayOpening {

  private static final int MOST_WAITING = 10_000;

  private ReplayOpening() {}

  /**
   * @param serving goes on with the table
   */
  static Behavior<ReplayActor.Command> create(
      Lease<ReplayTable> table, Function<ReplayTable, Behavior<ReplayActor.Command>> serving) {
    return Behaviors.setup(
        context -> {
          context.pipeToSelf(table.use(made -> made), ReplayActor.TableMade::new);
          return Behaviors.withStash(MOST_WAITING, waiting -> opening(table, waiting, serving));
        });
  }

  private static Behavior<ReplayActor.Command> opening(
      Lease<ReplayTable> table,
      StashBuffer<ReplayActor.Command> waiting,
      Function<ReplayTable, Behavior<ReplayActor.Command>> serving) {
    return Behaviors.receive(ReplayActor.Command.class)
        .onMessage(
            ReplayActor.TableMade.class, made -> waiting.unstashAll(serving.apply(table(made))))
        .onAnyMessage(
            asked -> {
              waiting.stash(asked);
              return Behaviors.same();
            })
        .onSignal(
            PostStop.class,
            stop -> {
              table.release();
              return Behaviors.same();
            })
        .build();
  }

  private static ReplayTable table(ReplayActor.TableMade made) throws Exception {
    if (made.failure() == null) {
      return made.table();
    }
    Throwable cause = Lease.cause(made.failure());
    if (cause instanceof Error error) {
      throw error;
    }
    throw (Exception) cause;
  }
}
