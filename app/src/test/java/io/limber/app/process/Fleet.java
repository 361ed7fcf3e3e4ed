package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.Main;
import io.limber.core.metrics.Metric;
import io.limber.testkit.network.NetworkNamespace;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run in a process of its own and environment nodes in others, with a network that is quickly
 * trained. Closing kills all of them. One test's.
 */
final class Fleet implements AutoCloseable {

  static final long REPORT_PERIOD = 100;
  static final long TARGET_PERIOD = 100;
  static final int PER_ACTOR = 64;

  /** Steps after which an episode of the shipped configuration ends. */
  static final int EPISODE_STEPS = 100;

  /** The shipped window, {@code cluster.in-flight-chunks}, and one more that is being made. */
  private static final int WINDOW = 16 + 1;

  /**
   * A heap that is there from the start, and code that is compiled once, so that resident memory
   * grows by what is neither: code that is made better and better goes on growing for minutes.
   */
  static final List<String> FLAT_HEAP =
      List.of(
          "-Xms256m",
          "-Xmx256m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1");

  private static final List<String> HEAP = List.of("-Xmx512m");

  /** For what takes seconds on a machine that does nothing else. */
  static final Duration LIMIT = Duration.ofSeconds(120);

  private final Path folder;
  private final int actors;
  private final Processes processes;
  private final EventLog log;
  private JavaProcess run;
  private String address;

  /**
   * @param folder of the test
   * @param actors environment actors of the run
   */
  Fleet(Path folder, int actors) {
    this(folder, actors, Credentials.NONE);
  }

  /**
   * @param credentials of all processes that do not bring others
   */
  Fleet(Path folder, int actors, Credentials credentials) {
    this.folder = folder;
    this.actors = actors;
    processes = new Processes(folder, credentials);
    log = new EventLog(runFolder());
  }

  /** Starts the run; its nodes are waited for. */
  JavaProcess train(String... sets) throws IOException, InterruptedException {
    return train("127.0.0.1:0", HEAP, sets);
  }

  /**
   * @param bind where others reach it
   * @param jvm options of its JVM
   */
  JavaProcess train(String bind, List<String> jvm, String... sets)
      throws IOException, InterruptedException {
    return train(Main.class, bind, jvm, sets);
  }

  /**
   * @param program that takes the arguments of {@code limber}
   */
  JavaProcess train(Class<?> program, String bind, List<String> jvm, String... sets)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(jvm);
    arguments.addAll(List.of(program.getName(), "train", "--cluster", "--bind", bind));
    arguments.addAll(processes.credentials().options());
    arguments.addAll(List.of("--device", "cpu", "--run-dir", runFolder().toString()));
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.updates=100000000",
                "network.hidden-widths=[8]",
                "replay.capacity=5000",
                "replay.min-size=600",
                "environments.actors=" + actors,
                "learner.target-update-period=" + TARGET_PERIOD,
                "probe.schedule.plasticity=0",
                "checkpoint.period=0",
                "run.report-period=" + REPORT_PERIOD,
                "run.system-report-interval=200ms",
                "run.evaluation-steps=64"));
    all.addAll(Arrays.asList(sets)); // later ones win
    all.forEach(set -> arguments.addAll(List.of("--set", set)));
    run = processes.start("run", processes.credentials(), JavaProcess.command(arguments));
    String line = run.awaitLine(text -> text.contains("limber node --role environment --join "));
    address = line.substring(line.lastIndexOf(' ') + 1);
    return run;
  }

  /** Starts a node that joins the run. */
  JavaProcess node(String name, String... more) throws IOException {
    return node(processes.credentials(), name, more);
  }

  /** Starts a node that comes with credentials of its own. */
  JavaProcess node(Credentials own, String name, String... more) throws IOException {
    return processes.start(
        name, own, JavaProcess.command(nodeArguments("environment", HEAP, own, more)));
  }

  /** Starts a node that keeps the run's replay and does nothing else. */
  JavaProcess replayNode(String name) throws IOException {
    Credentials own = processes.credentials();
    return processes.start(name, own, JavaProcess.command(nodeArguments("replay", HEAP, own)));
  }

  /** Starts a node whose memory grows by what is not heap alone. */
  JavaProcess flatNode(String name) throws IOException {
    Credentials own = processes.credentials();
    return processes.start(
        name, own, JavaProcess.command(nodeArguments("environment", FLAT_HEAP, own)));
  }

  /** Starts a node whose network is another. */
  JavaProcess nodeWithin(NetworkNamespace namespace, String name, String... more)
      throws IOException {
    Credentials own = processes.credentials();
    List<String> command = JavaProcess.command(nodeArguments("environment", HEAP, own, more));
    return processes.start(name, own, namespace.within(command));
  }

  private List<String> nodeArguments(
      String role, List<String> jvm, Credentials own, String... more) {
    List<String> arguments = new ArrayList<>(jvm);
    arguments.addAll(List.of(Main.class.getName(), "node"));
    arguments.addAll(List.of("--role", role, "--join", address, "--device", "cpu"));
    arguments.addAll(own.options());
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  /** Waits until a node has what the run needs. */
  static JavaProcess hosting(JavaProcess node) throws InterruptedException {
    node.awaitLine(line -> line.startsWith("node: hosts run "));
    return node;
  }

  EventLog log() {
    return log;
  }

  Path runFolder() {
    return folder.resolve("run");
  }

  /** What the run's process logged so far. */
  String runLog() throws IOException {
    return Files.readString(runFolder().resolve("run.log"));
  }

  double inserted() throws IOException {
    return log.sum(Metric.REPLAY_INSERTED);
  }

  /** Waits until replay has taken in so many more transitions; returns the seconds that it took. */
  double moreTransitions(int count) throws Exception {
    double wanted = inserted() + count;
    long start = System.nanoTime();
    Await.until("replay has " + wanted + " transitions", LIMIT, () -> inserted() >= wanted);
    return (System.nanoTime() - start) * 1e-9;
  }

  /** Waits until every environment actor has a node and has sent something from there. */
  void awaitAllActing() throws Exception {
    Await.until("all are placed", LIMIT, () -> log.sum(Metric.CLUSTER_PLACED) == actors);
    List<Double> before = stored();
    Await.until(
        "all act",
        LIMIT,
        () -> {
          List<Double> now = stored();
          for (int i = 0; i < actors; i++) {
            if (now.get(i) <= before.get(i)) {
              return false;
            }
          }
          return true;
        });
  }

  /** Transitions stored by now of each environment actor. */
  private List<Double> stored() throws IOException {
    List<Double> stored = new ArrayList<>();
    for (int i = 0; i < actors; i++) {
      stored.add(
          log.newest(Metric.CLUSTER_TRANSITIONS).getOrDefault("inlet-of-environment-" + i, 0.0));
    }
    return stored;
  }

  /** SIGTERM: a clean end, so that all reports are in. */
  void stop() throws Exception {
    run.signal("TERM");
    assertThat(run.awaitExit()).as(run.errors()).isEqualTo(143);
  }

  /**
   * After the end: every transition that an inlet took is in replay once and nothing else is, but
   * for those that were on their way, and for those that were lost with a replay node and told so;
   * target updates are at exact multiples of their period.
   *
   * @return transitions in replay that no inlet has counted yet: the loss of this run's end
   */
  long audit() throws Exception {
    String summary = Files.readString(runFolder().resolve("summary.json"));
    long replay = TargetUpdateAudit.json(summary).getLong("environment-steps");
    long lost = (long) log.sum(Metric.CLUSTER_REPLAY_LOST);
    long counted = (long) log.sum(Metric.CLUSTER_TRANSITIONS) - lost;
    assertThat(replay).as("transitions in replay").isBetween(counted, counted + onTheirWay());
    assertThat(log.unreadable()).as("lines of the metrics that cannot be read").isZero();
    TargetUpdateAudit.requireExact(
        runFolder(),
        TargetUpdateAudit.json(summary).getLong("updates"),
        REPORT_PERIOD,
        TARGET_PERIOD);
    return replay - counted;
  }

  /** The most transitions that all environment actors may have sent and not heard of. */
  long onTheirWay() {
    return (long) actors * WINDOW * PER_ACTOR;
  }

  @Override
  public void close() {
    processes.close();
  }
}
