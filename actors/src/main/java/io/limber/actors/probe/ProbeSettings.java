package io.limber.actors.probe;

import io.limber.core.config.Section;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The section {@code limber.probe}.
 *
 * @param schedule when which probe wants a snapshot
 * @param policy what happens when probes cannot keep up; lockstep always waits
 * @param queueSize snapshots that may wait before the learner does, under {@link ProbePolicy#QUEUE}
 * @param actors probe actors that share the work
 * @param keptPerProbe measured snapshots that stay on disk for each probe; 0 keeps none
 * @param finishTimeout how long the run's end waits for measurements
 * @param lockstep measurements are made one after the other
 * @param systemReportInterval wall-clock time between two reports of rates and queues
 */
public record ProbeSettings(
    ProbeSchedule schedule,
    ProbePolicy policy,
    int queueSize,
    int actors,
    int keptPerProbe,
    Duration finishTimeout,
    boolean lockstep,
    Duration systemReportInterval) {

  /**
   * Reads {@code limber.probe}.
   *
   * @param updatesPerCall learner updates in one call; divides every period
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static ProbeSettings from(
      Section limber, int updatesPerCall, boolean lockstep, Duration systemReportInterval) {
    Section probe = limber.section("probe");
    int queueSize = probe.integer("queue-size");
    probe.require(
        queueSize >= 1, "queue-size", queueSize, "be at least 1, or no snapshot could wait");
    int actors = probe.integer("actors");
    probe.require(actors >= 1, "actors", actors, "be at least 1, or nothing would be measured");
    Duration timeout = probe.duration("finish-timeout");
    probe.require(
        !timeout.isNegative(), "finish-timeout", timeout, "not be negative; 0s waits for nothing");
    ProbePolicy policy = probe.constant("policy", ProbePolicy.class);
    return new ProbeSettings(
        schedule(probe, updatesPerCall),
        lockstep ? ProbePolicy.WAIT : policy,
        queueSize,
        actors,
        keptPerProbe(probe),
        timeout,
        lockstep,
        systemReportInterval);
  }

  private static int keptPerProbe(Section probe) {
    int most = probe.integer("keep-at-most");
    probe.require(
        most >= 1, "keep-at-most", most, "be at least 1; keep-snapshots = none keeps none");
    return switch (probe.constant("keep-snapshots", KeepSnapshots.class)) {
      case NONE -> 0;
      case LAST -> 1;
      case ALL -> most;
    };
  }

  private static ProbeSchedule schedule(Section probe, int updatesPerCall) {
    return new ProbeSchedule(
        periods(probe.section("schedule"), updatesPerCall),
        steps(probe.section("also-at"), updatesPerCall));
  }

  private static Map<String, Long> periods(Section schedule, int updatesPerCall) {
    Map<String, Long> periods = new TreeMap<>();
    for (String probe : schedule.keys()) {
      long period = schedule.wholeNumber(probe);
      requireReached(schedule, probe, period, updatesPerCall, "; 0 switches it off");
      if (period > 0) {
        periods.put(probe, period);
      }
    }
    return periods;
  }

  private static Map<String, Set<Long>> steps(Section alsoAt, int updatesPerCall) {
    Map<String, Set<Long>> steps = new TreeMap<>();
    for (String probe : alsoAt.keys()) {
      for (int step : alsoAt.integers(probe)) {
        requireReached(alsoAt, probe, step, updatesPerCall, "");
        steps.computeIfAbsent(probe, name -> new TreeSet<>()).add((long) step);
      }
    }
    return steps;
  }

  private static void requireReached(
      Section section, String probe, long step, int updatesPerCall, String remark) {
    section.require(
        step >= 0 && step % updatesPerCall == 0,
        probe,
        step,
        "be a multiple of limber.learner.updates-per-call = "
            + updatesPerCall
            + ", or the learner would pass its steps inside a call"
            + remark);
  }
}
