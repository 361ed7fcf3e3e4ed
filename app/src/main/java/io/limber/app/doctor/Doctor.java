package io.limber.app.doctor;

import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.Settings;
import io.limber.app.run.MemoryPlan;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.data.DataFileException;
import io.limber.core.data.DataSets;
import io.limber.core.data.LabelledImages;
import io.limber.core.replay.TransitionSpec;
import io.limber.numerics.agent.NumericsSettings;
import io.limber.numerics.runtime.ComputeDevice;
import io.limber.numerics.runtime.NativesMissingException;
import io.limber.numerics.runtime.TensorFlowRuntime;
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
    findings.add(natives());
    findings.addAll(dataAndMemory());
    findings.add(MachineChecks.disk(settings.app().runsDirectory()));
    findings.add(MachineChecks.gpu());
    findings.add(MachineChecks.tensorBoard());
    return findings;
  }

  private Finding natives() {
    try {
      NumericsSettings numerics = settings.numerics();
      ComputeDevice device = ComputeDevice.choose(numerics.device(), numerics.cpu());
      String serving = "TensorFlow " + TensorFlowRuntime.version() + " on " + device;
      return device.remark().isEmpty()
          ? Finding.ok("natives", serving)
          : Finding.optional("natives", serving, device.remark());
    } catch (NativesMissingException e) {
      return Finding.missing(
          "natives", e.getMessage(), "see the message; then ./limber doctor again");
    }
  }

  private List<Finding> dataAndMemory() {
    try {
      LabelledImages images = DataSets.load(settings.data());
      return List.of(
          Finding.ok("data", images.size() + " images: " + images.source()),
          memory(images.shape().stream().reduce(1, Math::multiplyExact)));
    } catch (DataFileException | InvalidSettingException e) {
      return List.of(
          Finding.missing(
              "data",
              e.getMessage(),
              "limber data list shows what is there; see limber data --help"));
    }
  }

  private Finding memory(int observationBytes) {
    MemoryPlan plan = MemoryPlan.of(settings, new TransitionSpec(observationBytes));
    return plan.fits()
        ? Finding.ok("memory", plan.text())
        : Finding.missing("memory", plan.text(), "choose a smaller limber.replay.capacity");
  }
}
