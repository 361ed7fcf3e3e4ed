package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.limber.app.Main;
import io.limber.testkit.network.LoopbackProxy;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Agents that are quickly trained, handed out at one address by one process after the other, and
 * the learner nodes that join there. Closing kills all of them. One test's.
 */
final class LearnerFleet implements AutoCloseable {

  /** Agents of the sweep. */
  static final int AGENTS = 2;

  private static final long UPDATES = 3000;

  private static final String SMALL =
      """
      limber {
        network.hidden-widths = [8]
        replay { capacity = 2000, min-size = 200 }
        learner.target-update-period = 100
        probe.schedule.plasticity = 0
        run { updates = %d, report-period = 100, evaluation-steps = 64 }
        progress-interval = 100ms
      }
      """
          .formatted(UPDATES);

  private final Path folder;
  private final Processes processes;
  private final String address;

  /**
   * @param folder of the test
   */
  LearnerFleet(Path folder) throws IOException {
    this(folder, Credentials.NONE);
  }

  /**
   * @param credentials of all processes that do not bring others
   */
  LearnerFleet(Path folder, Credentials credentials) throws IOException {
    this.folder = folder;
    processes = new Processes(folder, credentials);
    address = "127.0.0.1:" + LoopbackProxy.freePort();
  }

  /** Starts a node that joins whoever hands out agents, now or later. */
  JavaProcess node(String name, String... more) throws IOException {
    return node(processes.credentials(), name, more);
  }

  /** Starts a node that comes with credentials of its own. */
  JavaProcess node(Credentials own, String name, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--role", "learner", "--join", address));
    arguments.addAll(List.of(more));
    return limber(name, own, "node", arguments);
  }

  /** Starts a sweep whose agents are trained on nodes alone. */
  JavaProcess sweep() throws IOException {
    String text = "sweep.seeds = " + AGENTS + "\n" + SMALL;
    Path file = Files.writeString(folder.resolve("small.conf"), text);
    List<String> arguments = new ArrayList<>(List.of("--bind", address, file.toString()));
    arguments.addAll(List.of("--cluster", "--parallel", "0", "--json"));
    arguments.addAll(List.of("--out", folder.resolve("sweep").toString()));
    return limber("sweep", processes.credentials(), "sweep", arguments);
  }

  /** Waits until all agents of a sweep have finished; gives what it says of them. */
  List<? extends Config> finished(JavaProcess sweep) throws InterruptedException {
    assertThat(sweep.awaitExit(Fleet.LIMIT)).as(sweep.errors()).isZero();
    Config summary = TargetUpdateAudit.json(sweep.output().get(0));
    assertThat(summary.getInt("finished")).isEqualTo(AGENTS);
    return summary.getConfigList("agents");
  }

  /** Folders of the sweep's agents. */
  List<Path> agents() throws IOException {
    try (Stream<Path> agents = Files.list(folder.resolve("sweep").resolve("agents"))) {
      return agents.toList();
    }
  }

  /** Has a node train a single run from its start to its end; gives the run's folder. */
  Path trainOnNode() throws Exception {
    Path config = Files.writeString(folder.resolve("run.conf"), SMALL);
    Path run = folder.resolve("run");
    List<String> arguments = new ArrayList<>(List.of("--bind", address, "--on-node", "--json"));
    arguments.addAll(List.of("--config", config.toString(), "--run-dir", run.toString()));
    JavaProcess train = limber("train", processes.credentials(), "train", arguments);
    assertThat(train.awaitExit(Fleet.LIMIT)).as(train.errors()).isZero();
    Config summary = TargetUpdateAudit.json(train.output().get(0));
    assertThat(summary.getString("state")).isEqualTo("finished");
    assertThat(summary.getLong("step")).isEqualTo(UPDATES);
    assertThat(summary.getString("node")).startsWith("127.0.0.1:");
    assertThat(train.errors()).containsPattern("run +running +[1-9]"); // it was followed
    assertThat(run.resolve("summary.json")).exists();
    return run;
  }

  private JavaProcess limber(String name, Credentials own, String command, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("-Xmx512m", Main.class.getName(), command));
    all.addAll(own.options());
    all.addAll(arguments);
    return processes.start(name, own, JavaProcess.command(all));
  }

  @Override
  public void close() {
    processes.close();
  }
}
