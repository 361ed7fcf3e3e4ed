package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents in another process, each on a device that it offers. */
class LearnerNodesIT {

  /** In the names of an actor system's threads. */
  private static final Pattern SYSTEM = Pattern.compile("\\[(limber-\\d+)-");

  @TempDir private Path folder;

  @Test
  void agents_onALearnerNode_areEachOnADeviceAndLogForThemselves() throws Exception {
    try (LearnerFleet fleet = new LearnerFleet(folder)) {
      JavaProcess node = fleet.node("node", "--set", "cluster.devices=[cpu, cpu]");
      assertThat(fleet.finished(fleet.sweep()))
          .extracting(agent -> agent.getString("device"))
          .containsOnly("cpu");
      assertEachLogsForItself(fleet.agents());
      Path run = fleet.trainOnNode(); // the node joins again where the sweep was
      assertThat(Files.readString(run.resolve("config.conf"))).contains("device=cpu");
      node.signal("TERM");
      assertThat(node.awaitExit()).as(node.errors()).isEqualTo(143);
      assertThat(node.output())
          .anyMatch(line -> line.matches(" *devices +cpu, cpu"))
          .anyMatch(line -> line.matches("node: trains agent [0-9a-f]{12} on cpu"));
    }
  }

  private static void assertEachLogsForItself(List<Path> agents) throws IOException {
    assertThat(agents).hasSize(LearnerFleet.AGENTS);
    List<String> systems = new ArrayList<>();
    for (Path agent : agents) {
      Path log = agent.resolve("run.log");
      Set<String> writers =
          SYSTEM
              .matcher(Files.readString(log))
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.toSet());
      assertThat(writers).as(log.toString()).hasSize(1);
      systems.addAll(writers);
    }
    assertThat(systems).doesNotHaveDuplicates();
  }
}
