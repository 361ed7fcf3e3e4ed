package io.limber.app.doctor;

import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.Settings;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.data.DataFileException;
import io.limber.core.data.DataSets;
import io.limber.core.data.LabelledImages;
import io.limber.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;

/** Examines the machine for a run with a given configuration; changes nothing. */
public final class Doctor {

  private final Settings settings;

  /**
   * @throws io.limber.app.config.InvalidConfigException if a run would not start with it
   */
  public Doctor(EffectiveConfig config) {
    settings = Settings.check(config.limber());
  }

  /** Does all checks, in the order in which a user would want to mend things. */
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(MachineChecks.jdk());
    findings.add(MachineChecks.maven());
    findings.add(data());
    findings.add(MachineChecks.disk(settings.app().runsDirectory()));
    findings.add(MachineChecks.gpu());
    findings.add(MachineChecks.tensorBoard());
    return findings;
  }

  private Finding data() {
    try {
      LabelledImages images = DataSets.load(settings.data(), new RandomStreams(settings.seed()));
      return Finding.ok("data", images.size() + " images: " + images.source());
    } catch (DataFileException | InvalidSettingException e) {
      return Finding.missing(
          "data",
          e.getMessage(),
          "limber data fetch mnist, or drop --data for the embedded images");
    }
  }
}
