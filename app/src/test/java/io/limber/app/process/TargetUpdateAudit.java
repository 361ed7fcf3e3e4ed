package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the event log of a run says of its learner, however often that was killed. */
final class TargetUpdateAudit {

  private TargetUpdateAudit() {}

  /**
   * Every report is at a later step than the one before, none is missing, and the target network
   * was updated as often as its period fits in, at each of them. A run that was stopped between two
   * reports has a last one where it stopped.
   *
   * @param run folder of the run
   * @param updates the run's learner updates
   * @param reportPeriod updates from one report of the learner to the next
   * @param targetPeriod updates from one target update to the next
   */
  static void requireExact(Path run, long updates, long reportPeriod, long targetPeriod)
      throws IOException {
    List<Config> reports =
        Files.readAllLines(run.resolve("metrics.jsonl")).stream()
            .filter(line -> line.contains("learner/target-updates"))
            .map(TargetUpdateAudit::json)
            .toList();
    for (int i = 0; i < reports.size(); i++) {
      long step = reports.get(i).getLong("step");
      assertThat(step)
          .as("report %d of %s", i, run)
          .isEqualTo(Math.min((i + 1) * reportPeriod, updates));
      assertThat(reports.get(i).getConfig("values").getLong("\"learner/target-updates\""))
          .as("target updates at step %d of %s", step, run)
          .isEqualTo(step / targetPeriod);
    }
    assertThat(reports).as("reports of %s", run).hasSize((int) ((updates - 1) / reportPeriod + 1));
  }

  /** One object on one line. */
  static Config json(String line) {
    return ConfigFactory.parseString(
        line, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
  }
}
