package io.limber.app.config;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.config.Section;
import io.limber.core.data.DataSet;
import io.limber.core.data.DataSettings;
import io.limber.core.data.FetchSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Every settings record of every module, read once and checked.
 *
 * @param app files and the console
 * @param seed root seed of the run
 * @param data which images
 */
public record Settings(AppSettings app, long seed, DataSettings data) {

  /**
   * Reads all settings.
   *
   * @throws InvalidConfigException with every refusal, if there is any
   */
  public static Settings check(Section limber) {
    Refusals refusals = new Refusals();
    AppSettings app = refusals.collect(() -> AppSettings.from(limber));
    Long seed = refusals.collect(() -> limber.wholeNumber("seed"));
    DataSettings data = refusals.collect(() -> DataSettings.from(limber));
    for (DataSet set : DataSet.values()) {
      refusals.collect(() -> FetchSettings.from(limber, set));
    }
    refusals.throwIfAny();
    return new Settings(app, seed, data);
  }

  /** Goes on after a refusal, so that a user hears of all of them at once. */
  private static final class Refusals {

    private final List<String> problems = new ArrayList<>();

    /** The settings; null after a refusal, which is no matter because nobody gets to see it. */
    <T> T collect(Supplier<T> read) {
      try {
        return read.get();
      } catch (InvalidSettingException e) {
        if (!problems.contains(e.getMessage())) {
          problems.add(e.getMessage());
        }
        return null;
      }
    }

    void throwIfAny() {
      if (!problems.isEmpty()) {
        throw new InvalidConfigException(problems);
      }
    }
  }
}
