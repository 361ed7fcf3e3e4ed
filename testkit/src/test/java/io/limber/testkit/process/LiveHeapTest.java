package io.limber.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveHeapTest {

  private static final int MIB = 1 << 20;

  @TempDir private Path folder;

  @Test
  void bytes_areThoseThatAreHeldAndNoGarbage() throws Exception {
    long self = ProcessHandle.current().pid();
    long before = LiveHeap.bytesOf(self);
    byte[] held = new byte[64 * MIB];

    long holding = LiveHeap.bytesOf(self);
    Reference.reachabilityFence(held);
    held = null;

    assertThat(holding - before).isBetween(60L * MIB, 80L * MIB);
    assertThat(LiveHeap.bytesOf(self)).isLessThan(holding - 50L * MIB);
  }

  @Test
  void bytes_ofAnotherJvm_areFoundByItsProcess() throws Exception {
    try (JavaProcess other =
        JavaProcess.start(
            folder.resolve("errors"),
            List.of("-Xmx64m", TickingProgram.class.getName(), "1000000"))) {
      other.awaitLine(line -> true);

      assertThat(LiveHeap.bytesOf(other.pid())).isBetween(100_000L, 64L * MIB);
    }
  }

  @Test
  void bytes_ofNoProcess_areRefused() {
    assertThatThrownBy(() -> LiveHeap.bytesOf(Integer.MAX_VALUE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no live heap of process");
  }
}
