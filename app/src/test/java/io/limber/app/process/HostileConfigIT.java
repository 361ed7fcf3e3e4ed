package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.Main;
import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets in environment variables, as a process has them: fault 20. Pass: they are obeyed and
 * shown nowhere, neither by the commands nor in what a run leaves behind.
 */
class HostileConfigIT {

  private static final String SECRET = "https://hooks.example.org/T0P-5ECRET";

  @TempDir private Path folder;

  @Test
  void secretsOfTheEnvironment_areShownNowhere() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("own.conf"),
            """
            limber.alerts.webhook.url = ${HOOK}
            limber.data.directory = ""
            """);
    Path run = folder.resolve("run");

    requireSilent("config", "--config", config.toString());
    requireSilent("config", "--config", config.toString(), "--json");
    requireSilent(
        "train",
        "--config",
        config.toString(),
        "--run-dir",
        run.toString(),
        "--device",
        "cpu",
        "--set",
        "network.hidden-widths=[8]",
        "--set",
        "replay.min-size=100",
        "--set",
        "probe.schedule.plasticity=0",
        "--set",
        "run.updates=100",
        "--set",
        "run.report-period=100",
        "--set",
        "run.evaluation-steps=64",
        "--set",
        "checkpoint.period=100",
        "--set",
        "learner.target-update-period=100");

    assertThat(run.resolve("config.conf")).isNotEmptyFile();
    for (Path file : List.of(run.resolve("config.conf"), run.resolve("run.log"))) {
      assertThat(Files.readString(file)).as(file.toString()).doesNotContain(SECRET);
    }
    assertThat(run.resolve("checkpoints/step-000000100/config.conf"))
        .content()
        .doesNotContain(SECRET);
    // and it goes on without it
    requireSilent("resume", run.toString(), "--updates", "200");
  }

  private void requireSilent(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("env", "HOOK=" + SECRET, "LIMBER_ALERT_WEBHOOK=" + SECRET));
    List<String> java = new ArrayList<>(List.of("-Xmx512m", Main.class.getName()));
    java.addAll(List.of(arguments));
    command.addAll(JavaProcess.command(java));
    try (JavaProcess process = JavaProcess.startCommand(errors(), command)) {
      assertThat(process.awaitExit()).as(process.errors()).isZero();
      assertThat(process.output()).noneMatch(line -> line.contains(SECRET));
      assertThat(process.errors()).doesNotContain(SECRET);
    }
  }

  private Path errors() throws IOException {
    return Files.createTempFile(folder, "errors", ".txt");
  }
}
