package io.limber.actors.probe;

import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The probes of one probe actor, by name. Not thread-safe: one owner at a time. */
final class ProbeSet implements AutoCloseable {

  private final Function<String, Probe> factory;
  private final KeptSnapshots kept;
  private final Map<String, Probe> probes = new LinkedHashMap<>();

  /**
   * @param factory makes a probe by name
   * @param kept takes what was measured
   */
  ProbeSet(Function<String, Probe> factory, List<String> names, KeptSnapshots kept) {
    this.factory = factory;
    this.kept = kept;
    try {
      names.forEach(this::probe);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Transitions that each probe wants. */
  Map<String, Integer> transitions() {
    Map<String, Integer> transitions = new LinkedHashMap<>();
    probes.forEach((name, probe) -> transitions.put(name, probe.transitions()));
    return transitions;
  }

  /**
   * Measures and keeps what was measured; a probe that failed is closed, and made anew when it is
   * wanted again.
   */
  ProbeResult measure(ProbeTask task, Probe.Progress progress) {
    try {
      ProbeResult result =
          probe(task.probe()).measure(task.snapshot(), task.transitions(), progress);
      kept.keep(task);
      return result;
    } catch (RuntimeException | Error e) {
      Probe failed = probes.remove(task.probe());
      if (failed != null) {
        failed.close();
      }
      throw e;
    }
  }

  /** Source of a probe's reports: the same whichever actor measured. */
  static String source(String probe) {
    return "probe-" + probe;
  }

  @Override
  public void close() {
    probes.values().forEach(Probe::close);
    probes.clear();
  }

  private Probe probe(String name) {
    return probes.computeIfAbsent(name, factory);
  }
}
