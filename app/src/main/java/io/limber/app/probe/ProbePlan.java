package io.limber.app.probe;

import io.limber.app.console.Sizes;
import io.limber.app.run.AgentSource;
import io.limber.core.agent.AgentSnapshot;
import io.limber.core.probe.Probe;
import io.limber.core.probe.ProbeCost;
import io.limber.core.replay.TransitionSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a person should know before a long measurement: what it will take, and of what. */
final class ProbePlan {

  private ProbePlan() {}

  static Map<String, String> rows(
      SnapshotFile file,
      AgentSnapshot snapshot,
      AgentSource.Agent agent,
      TransitionSpec spec,
      Map<Probe, ProbeInput> inputs,
      Path out) {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("snapshot", file.path() + ", step " + snapshot.step());
    rows.put("config", file.config().map(Path::toString).orElse("none beside it: the defaults"));
    rows.put("device", agent.factory().device() + ", float32");
    rows.put(
        "network",
        String.format(
            Locale.ROOT,
            "%s, %,d parameters (%s)",
            snapshot.layout().architecture(),
            snapshot.layout().size(),
            Sizes.text((long) Float.BYTES * snapshot.layout().size())));
    rows.put(
        "target network",
        snapshot.target().isPresent()
            ? "stored"
            : "missing: TD losses bootstrap with the online one");
    rows.put(
        "optimiser state",
        snapshot.optimizer().isPresent() ? "stored" : "missing, or of another optimiser: fresh");
    inputs.forEach((probe, input) -> rows.put(probe.name(), text(probe, input, spec)));
    rows.put("memory", "heap up to " + Sizes.text(Runtime.getRuntime().maxMemory()));
    rows.put("files", out.toString());
    return rows;
  }

  private static String text(Probe probe, ProbeInput input, TransitionSpec spec) {
    return input.text()
        + ", "
        + Sizes.text(input.wanted() * (long) spec.bytes())
        + probe.cost().map(ProbePlan::text).orElse("");
  }

  private static String text(ProbeCost cost) {
    return String.format(
        Locale.ROOT,
        "; about %,d gradients of %,d transitions, %s beside them",
        cost.gradients(),
        cost.batchSize(),
        Sizes.text(cost.bytes()));
  }
}
