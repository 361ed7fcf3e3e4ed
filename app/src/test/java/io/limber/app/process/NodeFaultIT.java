package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.streams.metrics.TimedReport;
import io.limber.testkit.network.LoopbackProxy;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environment nodes that are killed, and come back: fault 1, and the restart of fault 16. */
class NodeFaultIT {

  @TempDir private Path folder;

  /**
   * Pass: the learner keeps its pace with the rest; partial episodes are dropped; a node that is
   * started again acts within 10 s on a quiet machine; no transition comes twice.
   */
  @Test
  void kill_ofAnEnvironmentNode_leavesTheOthersTrainingAndItComesBack() throws Exception {
    try (Fleet fleet = new Fleet(folder, 2)) {
      EpisodeAudit episodes = new EpisodeAudit(fleet);
      fleet.train();
      JavaProcess doomed = Fleet.hosting(fleet.node("doomed"));
      episodes.awaitPlacements(2);
      Fleet.hosting(fleet.node("other"));
      episodes.awaitPlacements(3); // it takes one of the two
      assertThat(fleet.log().sum(Metric.CLUSTER_LOSSES)).isZero();

      Instant killed = Instant.now();
      doomed.kill();
      Await.until(
          "the loss is noticed", Fleet.LIMIT, () -> fleet.log().sum(Metric.CLUSTER_LOSSES) > 0);

      Instant noticed = Instant.now();
      requirePace(fleet.log(), killed, noticed);
      episodes.awaitPlacements(4);

      long start = System.nanoTime();
      comesBack(fleet, fleet.node("again"), start);
      episodes.awaitPlacements(5);
      fleet.stop();
      assertThat(fleet.log().sum(Metric.CLUSTER_DUPLICATES)).isZero();
      episodes.requireWhole(5);
      System.out.println("transitions under way at the end: " + fleet.audit());
    }
  }

  /** Nobody waits for the dead node: not even until it is known that it is dead. */
  private static void requirePace(EventLog log, Instant killed, Instant noticed)
      throws IOException {
    List<Instant> reports =
        log.reports().stream()
            .filter(timed -> EventLog.value(timed.report(), Metric.LEARNER_UPDATES).isPresent())
            .map(TimedReport::time)
            .filter(time -> time.isAfter(killed) && time.isBefore(noticed))
            .toList();
    Duration window = Duration.between(killed, noticed);
    Duration longest = Duration.ZERO;
    Instant last = killed;
    for (Instant report : reports) {
      Duration gap = Duration.between(last, report);
      longest = gap.compareTo(longest) > 0 ? gap : longest;
      last = report;
    }
    System.out.printf(
        "environment node killed, noticed after %.1f s: %d updates until then, at most %.2f s for"
            + " %d of them%n",
        window.toMillis() * 1e-3,
        reports.size() * Fleet.REPORT_PERIOD,
        longest.toMillis() * 1e-3,
        Fleet.REPORT_PERIOD);
    assertThat(reports).as("reports of the learner while it was not noticed").isNotEmpty();
    assertThat(longest).as("longest wait of the learner").isLessThan(window.dividedBy(2));
  }

  /**
   * Pass: a node that is killed and started again at the same address, before anyone has missed it,
   * is another node: the old one is given up, and nothing of it is taken for the new one's.
   */
  @Test
  void restart_atTheSameAddressBeforeItIsMissed_isAnotherNode() throws Exception {
    String address = "127.0.0.1:" + LoopbackProxy.freePort();
    try (Fleet fleet = new Fleet(folder, 2)) {
      EpisodeAudit episodes = new EpisodeAudit(fleet);
      fleet.train();
      JavaProcess first = Fleet.hosting(fleet.node("first", "--bind", address));
      episodes.awaitPlacements(2);

      first.kill();
      long start = System.nanoTime();
      comesBack(fleet, fleet.node("second", "--bind", address), start);

      assertThat(fleet.log().sum(Metric.CLUSTER_LOSSES)).as("environments lost").isEqualTo(2);
      episodes.awaitPlacements(4);
      fleet.stop();
      episodes.requireWhole(4);
      System.out.println("transitions under way at the end: " + fleet.audit());
    }
  }

  private static void comesBack(Fleet fleet, JavaProcess node, long start) throws Exception {
    node.awaitLine(line -> line.contains("listens at"));
    double listens = seconds(start);
    Fleet.hosting(node);
    double hosts = seconds(start);
    fleet.awaitAllActing();
    System.out.printf(
        "node started again: listens after %.1f s, hosts the run after %.1f s, back in rotation"
            + " after %.1f s%n",
        listens, hosts, seconds(start));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
