package io.limber.app.batch.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import io.limber.actors.remote.References;
import io.limber.app.batch.Cell;
import io.limber.app.batch.CellEnd;
import io.limber.app.batch.CellState;
import io.limber.app.batch.Devices;
import io.limber.app.console.ProgressView;
import io.limber.app.run.Signals;
import io.limber.protos.wire.ToAgentNode;
import io.limber.protos.wire.ToSweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains agents of one sweep at a time, as many at once as it has room for. When the sweep ends, or
 * its process is gone, the agents are brought to a clean end, so that nobody trains for nobody.
 *
 * <p>Bounds: the sweep sends no more agents than the node offered; how far they are is told as
 * often as they report.
 */
public final class AgentNode extends AbstractBehavior<AgentNode.Command> {

  private static final Logger log = LoggerFactory.getLogger(AgentNode.class); // of any thread

  /** By which a sweep finds its nodes. */
  static final ServiceKey<ToAgentNode> NODES =
      ServiceKey.create(ToAgentNode.class, "limber-agent-nodes");

  /** What this actor accepts. */
  public sealed interface Command permits FromSweep, Placed, Moved, Ended, Leave {}

  private record FromSweep(ToAgentNode message) implements Command {}

  private record Placed(String key, String device) implements Command {}

  private record Moved(String key, long step, String details) implements Command {}

  private record Ended(String key, CellEnd end) implements Command {}

  /** Take no more, bring what runs to a clean end, then stop. */
  public enum Leave implements Command {
    INSTANCE
  }

  private final AgentNodeMeans means;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String self;
  private final Map<String, CompletableFuture<Signals.Signal>> running = new HashMap<>();
  private final Map<String, String> devices = new HashMap<>();
  private ToAgentNode.Hire hire;
  private boolean leaving;

  public static Behavior<Command> create(AgentNodeMeans means) {
    return Behaviors.setup(context -> new AgentNode(context, means));
  }

  private AgentNode(ActorContext<Command> context, AgentNodeMeans means) {
    super(context);
    this.means = means;
    ActorRef<ToAgentNode> entrance = context.messageAdapter(ToAgentNode.class, FromSweep::new);
    self = References.of(context, entrance);
    context.getSystem().receptionist().tell(Receptionist.register(NODES, entrance));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromSweep.class, this::onFromSweep)
        .onMessage(Placed.class, this::onPlaced)
        .onMessage(Moved.class, this::onMoved)
        .onMessage(Ended.class, this::onEnded)
        .onMessage(Leave.class, this::onLeave)
        .onSignal(Terminated.class, this::onOwnerGone)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onFromSweep(FromSweep message) {
    if (message.message() instanceof ToAgentNode.Hire wanted) {
      onHire(wanted);
    } else if (message.message() instanceof ToAgentNode.Train train) {
      onTrain(train);
    } else if (hire != null && message.message().sweep().equals(hire.sweep())) {
      stopAll();
    }
    return this;
  }

  private void onHire(ToAgentNode.Hire wanted) {
    String refusal = refusal(wanted);
    if (refusal.isEmpty()) {
      hire = wanted;
      getContext().watch(References.resolve(getContext(), wanted.owner()));
      means.told().accept("works for the sweep in " + wanted.folder());
    }
    References.<ToSweep>resolve(getContext(), wanted.replies())
        .tell(
            new ToSweep.Offer(
                self, refusal.isEmpty() ? means.room(wanted.agentBytes()) : 0, refusal));
  }

  private String refusal(ToAgentNode.Hire wanted) {
    if (leaving) {
      return "it leaves";
    }
    if (hire != null && !hire.sweep().equals(wanted.sweep())) {
      return "it works for another sweep";
    }
    if (!running.isEmpty() && hire == null) {
      return "it still ends the agents of another sweep";
    }
    if (!wanted.version().equals(means.version())) {
      return "it runs Limber " + means.version() + ", the sweep Limber " + wanted.version();
    }
    return Files.isDirectory(Path.of(wanted.folder()))
        ? ""
        : "it has no folder " + wanted.folder() + ": share the sweep's folder with it";
  }

  private void onTrain(ToAgentNode.Train train) {
    if (hire == null || leaving || running.containsKey(train.key())) {
      return; // the sweep hears of it, or has heard
    }
    CompletableFuture<Signals.Signal> stop = new CompletableFuture<>();
    running.put(train.key(), stop);
    Path folder = Path.of(hire.folder()).resolve(train.key());
    ActorRef<Command> me = getContext().getSelf();
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> train(train, folder, me, stop), threads),
            (end, failure) ->
                new Ended(
                    train.key(),
                    failure == null ? end : new CellEnd(CellState.FAILED, 0, "" + failure)));
  }

  /** On a thread of its own. */
  private CellEnd train(
      ToAgentNode.Train train,
      Path folder,
      ActorRef<Command> me,
      CompletableFuture<Signals.Signal> stop) {
    try (Devices.Place place = means.devices().place(means.opener().open(train.config()))) {
      me.tell(new Placed(train.key(), place.device()));
      Cell cell = new Cell(train.key(), Map.of(), place.config());
      return means.runner().run(cell, folder, new Teller(train.key(), me), stop);
    } catch (IOException | RuntimeException e) {
      log.error("agent {} failed", train.key(), e);
      return new CellEnd(CellState.FAILED, 0, String.valueOf(e.getMessage()));
    }
  }

  private record Teller(String key, ActorRef<Command> to) implements ProgressView {

    @Override
    public void update(long done, String details) {
      to.tell(new Moved(key, done, details));
    }

    @Override
    public void close() {
      // its end is told with how it ended
    }
  }

  private Behavior<Command> onPlaced(Placed message) {
    devices.put(message.key(), message.device());
    means
        .told()
        .accept(
            ("trains agent " + message.key())
                + (message.device().isEmpty() ? "" : " on " + message.device()));
    tell(message.key(), CellState.RUNNING, 0, "");
    return this;
  }

  private Behavior<Command> onMoved(Moved message) {
    if (running.containsKey(message.key())) {
      tell(message.key(), CellState.RUNNING, message.step(), message.details());
    }
    return this;
  }

  private Behavior<Command> onEnded(Ended message) {
    CellEnd end = message.end();
    running.remove(message.key());
    means.told().accept("agent " + message.key() + " " + end.state());
    tell(message.key(), end.state(), end.step(), end.details());
    devices.remove(message.key());
    return leaving && running.isEmpty() ? Behaviors.stopped() : this;
  }

  private void tell(String key, CellState state, long step, String details) {
    if (hire != null) {
      References.<ToSweep>resolve(getContext(), hire.replies())
          .tell(
              new ToSweep.Told(
                  self, key, state.toString(), step, details, devices.getOrDefault(key, "")));
    }
  }

  private Behavior<Command> onOwnerGone(Terminated signal) {
    means.told().accept("the sweep is over");
    stopAll();
    hire = null;
    return this;
  }

  private Behavior<Command> onLeave(Leave message) {
    leaving = true;
    if (hire != null) {
      References.<ToSweep>resolve(getContext(), hire.replies())
          .tell(new ToSweep.Offer(self, 0, "it leaves"));
    }
    stopAll();
    return running.isEmpty() ? Behaviors.stopped() : this;
  }

  private void stopAll() {
    running.values().forEach(stop -> stop.complete(Signals.Signal.TERM));
  }

  private Behavior<Command> onPostStop(PostStop signal) {
    stopAll();
    threads.shutdown();
    return this;
  }
}
