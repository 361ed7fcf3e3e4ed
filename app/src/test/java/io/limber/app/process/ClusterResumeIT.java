package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.Main;
import io.limber.testkit.network.Direction;
import io.limber.testkit.network.LoopbackProxy;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with a node whose own process is killed while it sends a snapshot, and goes on. */
class ClusterResumeIT {

  private static final int ENVIRONMENTS = 2;
  private static final long PERIOD = 100;

  /** Of a snapshot of 0.8 MB: it is on its way for seconds. */
  private static final long BYTES_PER_SECOND = 300_000;

  @TempDir private Path folder;

  @Test
  void run_killedDuringASnapshot_goesOnWithItsEnvironmentsWhereTheyWere() throws Exception {
    int runPort = LoopbackProxy.freePort();
    int nodePort = LoopbackProxy.freePort();
    try (LoopbackProxy toNode = LoopbackProxy.to(nodePort)) {
      try (JavaProcess node = node(runPort, nodePort, toNode.port())) {
        try (JavaProcess train = train(runPort)) {
          node.awaitLine(line -> line.startsWith("node: hosts run "));
          toNode.throttle(BYTES_PER_SECOND);
          awaitSum("checkpoint/completed", 1);
          assertThat(sum("checkpoint/missing-environments")).isZero();
          // one has arrived, so the next is on its way
          double arrived = sum("cluster/snapshots");
          awaitSum("cluster/snapshots", arrived + 1);
          train.kill();
        }
        toNode.mend();
        assertThat(toNode.bytes(Direction.TO_TARGET)).isPositive();
        try (JavaProcess resumed = resume(runPort)) {
          node.awaitLine(line -> line.startsWith("node: hosts run "));
          for (int i = 0; i < ENVIRONMENTS; i++) {
            String where = "environment-" + i + " goes on where it was";
            Await.until(where, JavaProcess.LIMIT, () -> log().contains(where));
          }
          double inserted = sum("replay/inserted");
          awaitSum("replay/inserted", inserted + 1000);
          resumed.signal("TERM");
          assertThat(resumed.awaitExit()).as(resumed.errors()).isEqualTo(143);
        }
        node.signal("TERM");
        assertThat(node.awaitExit()).as(node.errors()).isEqualTo(143);
      }
    }
    long updates =
        TargetUpdateAudit.json(Files.readString(run().resolve("summary.json"))).getLong("updates");
    TargetUpdateAudit.requireExact(run(), updates, PERIOD, PERIOD);
    assertThat(sum("checkpoint/missing-environments")).isZero();
  }

  private double sum(String metric) throws IOException {
    return new EventLog(run()).sum(metric);
  }

  private void awaitSum(String metric, double least) throws Exception {
    Await.until(metric + " >= " + least, JavaProcess.LIMIT, () -> sum(metric) >= least);
  }

  private String log() throws IOException {
    return Files.readString(run().resolve("run.log"));
  }

  private Path run() {
    return folder.resolve("run");
  }

  private JavaProcess train(int port) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "train"));
    arguments.addAll(List.of("--cluster", "--bind", "127.0.0.1:" + port, "--device", "cpu"));
    arguments.addAll(List.of("--updates", "100000000", "--run-dir", run().toString()));
    for (String set :
        List.of(
            "network.hidden-widths=[256]",
            "replay.capacity=5000",
            "replay.min-size=600",
            "environments.actors=" + ENVIRONMENTS,
            "learner.target-update-period=" + PERIOD,
            "probe.schedule.plasticity=0",
            "checkpoint.period=" + 5 * PERIOD,
            "run.report-period=" + PERIOD,
            "run.system-report-interval=200ms",
            "run.evaluation-steps=0",
            "dashboard.enabled=false")) {
      arguments.addAll(List.of("--set", set));
    }
    return JavaProcess.start(folder.resolve("train.err"), arguments);
  }

  private JavaProcess resume(int port) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "resume"));
    arguments.addAll(List.of(run().toString(), "--cluster", "--bind", "127.0.0.1:" + port));
    return JavaProcess.start(folder.resolve("resume.err"), arguments);
  }

  /**
   * @param port where it listens
   * @param seen where others reach it: at a proxy before that
   */
  private JavaProcess node(int runPort, int port, int seen) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "node"));
    arguments.addAll(List.of("--role", "environment", "--join", "127.0.0.1:" + runPort));
    arguments.addAll(List.of("--bind", "127.0.0.1:" + seen));
    arguments.addAll(List.of("--set", "akka.remote.artery.bind.port=" + port));
    return JavaProcess.start(folder.resolve("node.err"), arguments);
  }
}
