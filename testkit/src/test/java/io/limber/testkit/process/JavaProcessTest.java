package io.limber.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int ENDLESS = Integer.MAX_VALUE;

  @TempDir private Path folder;

  @Test
  void output_ofAProgramThatEnds_isWhole() throws Exception {
    try (JavaProcess process = start(2)) {
      assertThat(process.awaitExit()).isZero();
      assertThat(process.output()).containsExactly("tick 0", "tick 1");
      assertThat(process.errors()).isEqualTo("a word on standard error\n");
    }
  }

  @Test
  void kill_endsTheProcessAsNoHandlerCanPrevent() throws Exception {
    try (JavaProcess process = start(ENDLESS)) {
      process.awaitLine("tick 1"::equals);

      process.kill();

      assertThat(process.isAlive()).isFalse();
      assertThat(process.awaitExit()).isEqualTo(128 + 9);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void pause_thenResume_standsStillAndGoesOn() throws Exception {
    try (JavaProcess process = start(ENDLESS)) {
      process.awaitLine("tick 1"::equals);

      process.pause();
      Await.until("it stands still", SOON, () -> state(process).equals("T"));
      process.resume();

      Await.until("it goes on", SOON, () -> !state(process).equals("T"));
      process.awaitLine(line -> true);
    }
  }

  private static String state(JavaProcess process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
  }

  @Test
  void awaitLine_thatNeverComes_failsWithWhatWasSaid() throws Exception {
    try (JavaProcess process = start(2)) {
      assertThatThrownBy(() -> process.awaitLine("tock"::equals))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the output ended without the line awaited")
          .hasMessageContaining("tick 0\ntick 1")
          .hasMessageContaining("a word on standard error");
    }
    try (JavaProcess process = start(ENDLESS)) {
      assertThatThrownBy(() -> process.awaitLine("tock"::equals, Duration.ofMillis(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("did not come within");
    }
  }

  @Test
  void await_ofWhatNeverHolds_failsAfterItsLimit() {
    assertThatThrownBy(() -> Await.until("pigs fly", Duration.ofMillis(30), () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessage("waited 30 ms in vain: pigs fly");
  }

  private JavaProcess start(int lines) throws IOException {
    return JavaProcess.start(
        folder.resolve("errors"), List.of(TickingProgram.class.getName(), Integer.toString(lines)));
  }
}
