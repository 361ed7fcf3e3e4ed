package io.limber.actors.remote;

import akka.actor.typed.receptionist.Receptionist;
import io.limber.actors.checkpoint.ResumePoint;
import io.limber.core.checkpoint.CheckpointFolder;
import io.limber.protos.wire.ToReplayNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a node for a run's replay table, one after another, and has the table opened there with
 * what was handed over or saved. Not thread-safe: one owner.
 */
final class ReplaySearch {

  private static final Logger log = LoggerFactory.getLogger(ReplaySearch.class);

  /**
   * Who speaks for the run, as references.
   *
   * @param owner whose end is the run's
   * @param replies hears what the node says
   * @param link hears the table
   * @param reports hears what is measured
   */
  record Ends(String owner, String replies, String link, String reports) {}

  private final RemoteReplayPlan plan;
  private final Executor blocking;
  private final Ends ends;
  private final ReplayNodes nodes = new ReplayNodes();
  private long incarnation;
  private ToReplayNode.Open open; // told until it is answered; null before and after
  private Optional<ReplaySource> source = Optional.empty();
  private boolean opened;

  /**
   * @param blocking for looks at the disk
   */
  ReplaySearch(RemoteReplayPlan plan, Executor blocking, Ends ends) {
    this.plan = plan;
    this.blocking = blocking;
    this.ends = ends;
  }

  /** Takes what the cluster has now; returns whether the chosen node is no part of it any more. */
  boolean lost(Receptionist.Listing listing) {
    return nodes.lost(listing);
  }

  /** Those that could not keep the table may be asked again. */
  void forgive() {
    nodes.forgive();
  }

  /**
   * Chooses a node, if there is none and one is there.
   *
   * @param handed what another node has handed over
   * @return what the table begins with; empty if no node was chosen
   */
  Optional<CompletionStage<Optional<ReplaySource>>> choose(Optional<HandedTable> handed) {
    if (!nodes.choose()) {
      return Optional.empty();
    }
    incarnation++;
    Optional<CheckpointFolder> later = opened ? plan.checkpoints() : Optional.empty();
    return Optional.of(
        CompletableFuture.supplyAsync(
            () -> handed.flatMap(ReplaySearch::source).or(() -> saved(later).map(ReplaySource::of)),
            blocking));
  }

  private static Optional<ReplaySource> source(HandedTable handed) {
    Optional<String> problem = handed.problem();
    problem.ifPresent(reason -> log.warn("replay that was handed over is lost: {}", reason));
    return problem.isEmpty() ? Optional.of(handed.source()) : Optional.empty();
  }

  private Optional<ResumePoint> saved(Optional<CheckpointFolder> later) {
    return later.isPresent() ? ResumePoint.newest(later.get()) : plan.resume();
  }

  /** Counts the nodes that were chosen; what is of another than the newest is over. */
  long incarnation() {
    return incarnation;
  }

  /** Whether a message is about the table as it is now. */
  boolean concerns(long ofIncarnation) {
    return nodes.isChosen() && ofIncarnation == incarnation;
  }

  /** Has the table opened on the chosen node, with this. */
  void open(Optional<ReplaySource> found) {
    source = found;
    open =
        new ToReplayNode.Open(
            plan.run().run(),
            incarnation,
            plan.run().config(),
            plan.run().fingerprint(),
            plan.spec().observationBytes(),
            plan.checkpoints().map(folder -> folder.path().toString()).orElse(""),
            source.map(s -> RemoteSaves.bytes(s.state())).orElse(ByteBuffer.allocate(0)),
            source.map(s -> s.rows().stream().map(Path::toString).toList()).orElse(List.of()),
            ends.owner(),
            ends.replies(),
            ends.link(),
            ends.reports());
    nodes.tell(open);
  }

  /** Due a few times within the silence after which something counts as lost. */
  void tick() {
    if (open != null) {
      nodes.tell(open);
    }
  }

  /** The table is there; returns what it began with. */
  Optional<ReplaySource> opened() {
    open = null;
    opened = true;
    return source;
  }

  /** Whether there was a table, on whichever node. */
  boolean everOpened() {
    return opened;
  }

  /** The chosen node is about to leave: it is not chosen again. */
  void chosenLeaves() {
    nodes.chosenLeaves();
  }

  /** The chosen node is to forget the table, and another is chosen next. */
  void drop() {
    close();
    open = null;
    nodes.drop();
  }

  /** The chosen node is to forget the table. */
  void close() {
    nodes.tell(new ToReplayNode.Close(plan.run().run()));
  }

  /** Address of the chosen node, for people. */
  String address() {
    return nodes.address();
  }
}
