package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import io.limber.protos.wire.ToNode;
import io.limber.protos.wire.ToRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run has told each node and what the node has made of it, with the sender that brings it
 * snapshots. Used by the actor alone whose context it has.
 */
final class NodeLinks {

  private static final class Link {
    private final int number;
    private long version;
    private long fulfilled;
    private String receiver;
    private ActorRef<SnapshotSender.Command> sender;

    private Link(int number) {
      this.number = number;
    }
  }

  private final ActorContext<?> context;
  private final RemoteRun run;
  private final RemoteEnvironments.Neighbours neighbours;
  private final String owner;
  private final String replies;
  private final String reports;
  private final Map<ActorRef<ToNode>, Link> links = new HashMap<>();
  private int added;
  private long versions;

  /**
   * @param replies reference that takes {@link ToRun}
   * @param reports reference that takes measurements
   */
  NodeLinks(
      ActorContext<?> context,
      RemoteRun run,
      RemoteEnvironments.Neighbours neighbours,
      String replies,
      String reports) {
    this.context = context;
    this.run = run;
    this.neighbours = neighbours;
    this.replies = replies;
    this.reports = reports;
    owner = References.of(context, context.getSelf());
  }

  void add(ActorRef<ToNode> node) {
    links.put(node, new Link(added++));
  }

  void remove(ActorRef<ToNode> node) {
    Link link = links.remove(node);
    if (link.sender != null) {
      context.stop(link.sender);
    }
    // It is not told: if it still lives, all it sends is refused, and its next wish tells it.
  }

  /** The wish for that node is another one from now on. */
  void change(ActorRef<ToNode> node) {
    links.get(node).version = ++versions;
  }

  /** Whether the node has not fulfilled its wish yet. */
  boolean waits(ActorRef<ToNode> node) {
    Link link = links.get(node);
    return link.fulfilled < link.version;
  }

  void tell(ActorRef<ToNode> node, List<ToNode.Place> places) {
    node.tell(
        new ToNode.Host(
            run.run(),
            links.get(node).version,
            run.config(),
            run.fingerprint(),
            owner,
            replies,
            reports,
            places));
  }

  /** The node has fulfilled a wish: it gets snapshots where it says. */
  void fulfilled(ActorRef<ToNode> node, ToRun.Hosting hosting) {
    Link link = links.get(node);
    link.fulfilled = Math.max(link.fulfilled, hosting.version());
    if (hosting.receiver().equals(link.receiver)) {
      return;
    }
    if (link.sender != null) {
      context.stop(link.sender);
    }
    link.receiver = hosting.receiver();
    // Not restarted: it holds nothing that the run could miss, and has no reason to fail.
    link.sender = context.spawnAnonymous(sender(link));
  }

  private Behavior<SnapshotSender.Command> sender(Link link) {
    return SnapshotSender.create(
        new SnapshotSender.Plan(
            "snapshots-to-node-" + link.number,
            run.settings().snapshotWindow(),
            run.settings().resendAfter(),
            neighbours.clock(),
            neighbours.systemReportInterval()),
        new SnapshotSender.Neighbours(
            neighbours.board(), References.resolve(context, link.receiver), neighbours.metrics()));
  }
}
