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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training whose environments are in other processes: those are killed, and networks go bad. */
@Tag("long")
class NodeFaultIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final long REPORT_PERIOD = 100;
  private static final long TARGET_PERIOD = 100;

  /** Chunks of 64 transitions that each of the two actors may have unconfirmed, and one more. */
  private static final double UNCONFIRMED = 2 * 3 * 64;

  @TempDir private Path folder;

  @Test
  void kill_ofAnEnvironmentNode_leavesTheOthersTrainingAndItComesBack() throws Exception {
    try (JavaProcess run = train("127.0.0.1:0")) {
      String address = address(run);
      try (JavaProcess doomed = node("doomed", address);
          JavaProcess other = node("other", address)) {
        other.awaitLine(line -> line.startsWith("node: hosts run "));
        awaitInserts(1000);

        doomed.kill();

        double before = inserted();
        long start = System.nanoTime();
        awaitInserts(before + 2000);
        print("environment node killed: 2000 transitions of the other one", start);
        start = System.nanoTime();
        try (JavaProcess again = node("again", address)) {
          again.awaitLine(line -> line.startsWith("node: hosts run "));
          print("environment node started again: hosts the run", start);
          awaitInserts(inserted() + 2000);
          stop(run);
        }
      }
    }
    auditCounts();
  }

  @Test
  void network_thatIsBadForAWhile_losesNoTransitionAndNoNode() throws Exception {
    int runPort = LoopbackProxy.freePort();
    int nodePort = LoopbackProxy.freePort();
    try (LoopbackProxy toRun = LoopbackProxy.to(runPort);
        LoopbackProxy toNode = LoopbackProxy.to(nodePort);
        JavaProcess run = train("127.0.0.1:" + toRun.port(), listening(runPort));
        JavaProcess node =
            node(
                "node",
                address(run),
                "--bind",
                "127.0.0.1:" + toNode.port(),
                "--set",
                listening(nodePort))) {
      node.awaitLine(line -> line.startsWith("node: hosts run "));
      awaitInserts(1000);
      List<LoopbackProxy> both = List.of(toRun, toNode);

      both.forEach(proxy -> proxy.delay(Duration.ofMillis(200)));
      both.forEach(proxy -> proxy.throttle(64 << 10));
      goesOn("at 64 KiB/s with 200 ms each way");
      both.forEach(LoopbackProxy::mend);
      goesOn("after that");

      // shorter than the 3 s and more of silence after which a member counts as unreachable
      both.forEach(proxy -> proxy.blackhole(Direction.values()));
      pause(Duration.ofSeconds(2));
      both.forEach(LoopbackProxy::mend);
      goesOn("after 2 s without any byte");

      toRun.blackhole(Direction.TO_TARGET);
      pause(Duration.ofSeconds(2));
      toRun.mend();
      goesOn("after 2 s without a byte to the run");

      both.forEach(LoopbackProxy::reset);
      goesOn("after all connections were reset");

      node.pause();
      pause(Duration.ofSeconds(2));
      node.resume();
      goesOn("after the node stood still for 2 s");

      stop(run);
      assertThat(log()).as("no member was taken for lost").doesNotContain("UNREACHABLE");
    }
    auditCounts();
    EventLog log = new EventLog(runFolder());
    double lost = log.sum("environment/steps") - log.sum("cluster/transitions");
    System.out.printf(
        "bad network: %.0f transitions on their way at the end, %.0f chunks came twice%n",
        lost, log.sum("cluster/duplicates"));
    assertThat(lost).isBetween(-UNCONFIRMED, UNCONFIRMED);
    assertThat(log.sum("cluster/losses")).isZero();
  }

  private void goesOn(String when) throws Exception {
    long start = System.nanoTime();
    awaitInserts(inserted() + 1000);
    print("1000 transitions " + when, start);
  }

  /** Lets time pass, which is what this fault consists of. */
  private static void pause(Duration duration) throws Exception {
    long end = System.nanoTime() + duration.toNanos();
    Await.until("time passes", duration.multipliedBy(10), () -> System.nanoTime() >= end);
  }

  private static void print(String what, long start) {
    System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - start) / 1e9);
  }

  private double inserted() throws IOException {
    return new EventLog(runFolder()).sum("replay/inserted");
  }

  private void awaitInserts(double count) throws Exception {
    Await.until("replay has " + count + " transitions", LIMIT, () -> inserted() >= count);
  }

  /** SIGTERM: a clean end, so that all reports are in. */
  private static void stop(JavaProcess run) throws Exception {
    run.signal("TERM");
    assertThat(run.awaitExit()).as(run.errors()).isEqualTo(143);
  }

  /** Each transition that a node's chunk brought is in the store once; targets are exact. */
  private void auditCounts() throws IOException {
    EventLog log = new EventLog(runFolder());
    double stored = log.sum("cluster/transitions");
    assertThat(Math.abs(log.sum("replay/inserted") - stored)).isLessThanOrEqualTo(UNCONFIRMED);
    long updates =
        TargetUpdateAudit.json(Files.readString(runFolder().resolve("summary.json")))
            .getLong("updates");
    TargetUpdateAudit.requireExact(runFolder(), updates, REPORT_PERIOD, TARGET_PERIOD);
  }

  private Path runFolder() {
    return folder.resolve("run");
  }

  private String log() throws IOException {
    return Files.readString(runFolder().resolve("run.log"));
  }

  private static String address(JavaProcess run) throws InterruptedException {
    String line = run.awaitLine(text -> text.contains("limber node --role environment --join "));
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private static String listening(int port) {
    return "akka.remote.artery.bind.port=" + port;
  }

  private JavaProcess train(String bind, String... sets) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "train"));
    arguments.addAll(List.of("--cluster", "--bind", bind, "--device", "cpu"));
    arguments.addAll(List.of("--updates", "100000000", "--run-dir", runFolder().toString()));
    List<String> all = new ArrayList<>(List.of(sets));
    all.addAll(
        List.of(
            "network.hidden-widths=[8]",
            "replay.capacity=5000",
            "replay.min-size=600",
            "environments.actors=2",
            "learner.target-update-period=" + TARGET_PERIOD,
            "probe.schedule.plasticity=0",
            "checkpoint.period=0",
            "run.report-period=" + REPORT_PERIOD,
            "run.system-report-interval=200ms",
            "run.evaluation-steps=64"));
    all.forEach(set -> arguments.addAll(List.of("--set", set)));
    return JavaProcess.start(folder.resolve("run.err"), arguments);
  }

  private JavaProcess node(String name, String address, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), "node"));
    arguments.addAll(List.of("--role", "environment", "--join", address));
    arguments.addAll(List.of(more));
    return JavaProcess.start(folder.resolve(name + ".err"), arguments);
  }
}
