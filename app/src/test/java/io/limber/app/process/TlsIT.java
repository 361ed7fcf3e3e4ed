package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * By TLS: a run and a node that does all there is to do for it, a sweep and a node that trains its
 * agents; and those who must be kept out.
 */
class TlsIT {

  private static final int ACTORS = 2;
  private static final int AGENTS = LearnerFleet.AGENTS;

  /** An address of this machine that certificates for tests do not name. */
  private static final String UNNAMED = "127.0.0.2";

  @TempDir private Path folder;

  @Test
  void node_withACertificate_actsKeepsReplayAndMeasures_andOthersAreKeptOut() throws Exception {
    Credentials ours = Credentials.make(folder.resolve("ours"));
    Credentials foreign = ours.ofAnotherAuthority(folder.resolve("theirs"));
    try (Fleet fleet = new Fleet(folder, ACTORS, ours)) {
      JavaProcess run =
          fleet.train(
              "run.updates=400",
              "cluster.replay=remote", // neither is done in the run's process, ever
              "cluster.probes=remote",
              "probe.schedule.plasticity=100",
              "plasticity={ steps = 10, transitions = 64 }",
              "checkpoint.period=100");
      List<JavaProcess> strangers =
          List.of(
              fleet.node(Credentials.NONE, "plain"),
              fleet.node(foreign, "foreign"),
              fleet.node("unnamed", "--bind", UNNAMED + ":0"));
      strangers.get(0).awaitLine(line -> line.contains("listens at"));
      awaitRefusal(strangers.get(1));
      Await.until(
          "the run refuses a certificate that names another host",
          JavaProcess.LIMIT,
          () ->
              fleet
                  .runLog()
                  .contains("No subject alternative names matching IP address " + UNNAMED));

      JavaProcess node = fleet.node("node", "--role", "replay", "--role", "probe");
      node.awaitLine(line -> line.startsWith("node: keeps the replay of run "));
      Fleet.hosting(node);

      assertThat(run.awaitExit()).as(run.errors()).isZero();
      assertThat(node.errors()).doesNotContain("ERROR");
      for (JavaProcess stranger : strangers) {
        stranger.kill();
        assertThat(stranger.output()).noneMatch(line -> line.contains("joined"));
      }
      fleet.audit();
      requireAllDone(fleet.log());
      requireNoPassword(ours, fleet.runFolder());
    }
  }

  @Test
  void learnerNode_withACertificate_trainsAgents_andOthersGetNone() throws Exception {
    Credentials ours = Credentials.make(folder.resolve("ours"));
    Credentials foreign = ours.ofAnotherAuthority(folder.resolve("theirs"));
    try (LearnerFleet fleet = new LearnerFleet(folder, ours)) {
      JavaProcess sweep = fleet.sweep();
      JavaProcess plain = fleet.node(Credentials.NONE, "plain");
      JavaProcess stranger = fleet.node(foreign, "foreign");
      awaitRefusal(stranger);
      Await.until(
          "nobody answers who is not asked by TLS",
          JavaProcess.LIMIT,
          () -> plain.errors().contains("Couldn't join seed nodes after"));

      JavaProcess node = fleet.node("node");
      assertThat(fleet.finished(sweep))
          .extracting(agent -> agent.getString("state"))
          .containsOnly("finished")
          .hasSize(AGENTS);
      for (JavaProcess other : List.of(plain, stranger)) {
        other.kill();
        assertThat(other.output()).noneMatch(line -> line.matches("node: (joined|trains) .*"));
      }
      Path run = fleet.trainOnNode();

      node.signal("TERM");
      assertThat(node.awaitExit()).as(node.errors()).isEqualTo(143);
      assertThat(node.output().stream().filter(line -> line.startsWith("node: trains agent ")))
          .as("the sweep's and the run")
          .hasSize(AGENTS + 1);
      for (Path agent : fleet.agents()) {
        requireNoPassword(ours, agent);
      }
      requireNoPassword(ours, run);
    }
  }

  private static void awaitRefusal(JavaProcess stranger) throws Exception {
    Await.until(
        "a certificate of an authority that nobody here knows is refused",
        JavaProcess.LIMIT,
        () -> stranger.errors().lines().anyMatch(TlsIT::isRefusal));
  }

  private static void requireNoPassword(Credentials credentials, Path run) throws Exception {
    assertThat(Files.readString(run.resolve("config.conf"))).doesNotContain(credentials.password());
  }

  /** Where it called the others, not where they called it. */
  private static boolean isRefusal(String line) {
    return line.matches("(?i).*outbound.*Received fatal alert: certificate_unknown.*");
  }

  /** Each kind of thing that goes between run and node has gone. */
  private static void requireAllDone(EventLog log) throws Exception {
    assertThat(log.sum(Metric.CLUSTER_NODES)).isEqualTo(1);
    assertThat(log.sum(Metric.CLUSTER_TRANSITIONS)).as("transitions").isPositive();
    assertThat(log.sum(Metric.CLUSTER_SNAPSHOTS)).as("snapshots for policies").isPositive();
    assertThat(log.sum(Metric.CLUSTER_BATCH_BYTES)).as("batches").isPositive();
    assertThat(log.sum(Metric.CLUSTER_REPLAY_LOSSES)).isZero();
    assertThat(log.sum(Metric.CHECKPOINT_COMPLETED)).as("saves of replay").isPositive();
    assertThat(log.sum(Metric.CHECKPOINT_FAILURES)).isZero();
    assertThat(log.sum(Metric.CLUSTER_PROBE_NODES)).isEqualTo(1);
    assertThat(log.sum(Metric.PROBE_COMPLETED)).as("measurements").isPositive();
    assertThat(log.sum(Metric.PROBE_FAILED)).isZero();
  }
}
