package io.limber.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void kill_ofAProcessWithChildren_leavesNone() throws Exception {
    Process root = new ProcessBuilder("sh", "-c", "sh -c 'sleep 600 & wait' & wait").start();
    Await.until("two generations run", SOON, () -> root.descendants().count() == 2);
    List<ProcessHandle> children = root.descendants().toList();

    ProcessTree.kill(root);

    assertThat(root.isAlive()).isFalse();
    assertThat(children).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void kill_ofAProcessThatHasEnded_doesNothing() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();

    ProcessTree.kill(ended);

    assertThat(ended.exitValue()).isZero();
  }
}
