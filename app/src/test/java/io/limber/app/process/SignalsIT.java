package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.testkit.process.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void secondSignal_whileTheFirstIsStillObeyed_endsTheProcessAtOnce(String signal)
      throws Exception {
    try (JavaProcess process =
        JavaProcess.start(folder.resolve("errors"), List.of(DeafProgram.class.getName()))) {
      process.awaitLine("ready"::equals);

      process.signal(signal);
      process.awaitLine(("heard " + signal)::equals);
      process.signal("INT");

      assertThat(process.awaitExit()).isEqualTo(131);
    }
  }
}
