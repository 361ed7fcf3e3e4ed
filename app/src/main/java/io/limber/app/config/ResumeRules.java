package io.limber.app.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which keys may differ between a checkpoint and the run that goes on from it. */
public final class ResumeRules {

  /**
   * Keys and sections that say how long, how often and where to; all others made what was saved.
   */
  private static final List<String> FREE =
      List.of(
          "limber.alerts",
          "limber.checkpoint",
          "limber.cluster",
          "limber.dashboard",
          "limber.device",
          "limber.environments.restart",
          "limber.fetch",
          "limber.learner.on-non-finite",
          "limber.learner.roll-back",
          "limber.metrics",
          "limber.native-dispatcher",
          "limber.probe.actors",
          "limber.probe.finish-timeout",
          "limber.probe.keep-at-most",
          "limber.probe.keep-snapshots",
          "limber.probe.policy",
          "limber.probe.queue-size",
          "limber.progress-interval",
          "limber.replay.file",
          "limber.run.evaluation-steps",
          "limber.run.shutdown-timeout",
          "limber.run.system-report-interval",
          "limber.run.updates",
          "limber.runs-directory");

  private ResumeRules() {}

  /**
   * One line for each key that must not differ; empty if all is well. A key that one of the two
   * does not know, because another version wrote it, is no difference.
   *
   * @param saved configuration of the checkpoint
   * @param now configuration of the run that is to go on
   */
  public static List<String> differences(Config saved, Config now) {
    Map<String, ConfigValue> before = new TreeMap<>();
    saved.entrySet().forEach(entry -> before.put(entry.getKey(), entry.getValue()));
    List<String> differences = new ArrayList<>();
    now.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(entry -> entry.getKey().startsWith("limber.") && !isFree(entry.getKey()))
        .forEach(
            entry -> {
              ConfigValue was = before.get(entry.getKey());
              if (was != null && !was.unwrapped().equals(entry.getValue().unwrapped())) {
                differences.add(
                    "%s = %s must stay %s: what was saved was made with it; start a new run for another value"
                        .formatted(entry.getKey(), entry.getValue().unwrapped(), was.unwrapped()));
              }
            });
    return differences;
  }

  private static boolean isFree(String path) {
    return FREE.stream().anyMatch(free -> path.equals(free) || path.startsWith(free + "."));
  }
}
