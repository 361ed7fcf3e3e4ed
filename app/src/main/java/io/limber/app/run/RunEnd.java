package io.limber.app.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.util.Optional;

/**
 * How a run ended, as its {@code summary.json} says to whoever looks at the run later.
 *
 * @param outcome in a word, as {@link Outcome} has it
 * @param updates learner updates done
 * @param seconds that it took, from its start or its last resume
 */
public record RunEnd(String outcome, long updates, double seconds) {

  /** Empty while it runs, after it was killed, and where the end tore the file. */
  public static Optional<RunEnd> of(RunFolder folder) {
    if (!Files.isRegularFile(folder.summary())) {
      return Optional.empty();
    }
    try {
      Config summary = ConfigFactory.parseFile(folder.summary().toFile());
      return Optional.of(
          new RunEnd(
              summary.getString("outcome"),
              summary.getLong("updates"),
              summary.getDouble("seconds")));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /** Whether all updates were done. */
  public boolean completed() {
    return outcome.equals(Outcome.COMPLETED.toString());
  }
}
