package io.limber.app.run;

import io.limber.app.config.Settings;
import io.limber.app.console.Sizes;
import io.limber.core.config.Section;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person should know about a run before it starts. */
public final class StartUp {

  /** Row of a run that is resumed: from which step. */
  public static final String GOES_ON = "goes on";

  private StartUp() {}

  static Map<String, String> rows(
      Settings settings, Task task, AgentSource.Agent agent, RunFolder folder) {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("task", Section.kebab(settings.environment().kind()));
    rows.put("data", task.images().size() + " images: " + task.images().source());
    rows.put(
        "device", agent.factory().device() + ", float32, " + Section.kebab(settings.run().mode()));
    rows.put(
        "network",
        String.format(
            Locale.ROOT,
            "%,d parameters (%s)",
            agent.layout().size(),
            Sizes.text((long) Float.BYTES * agent.layout().size())));
    Map<String, String> interventions = settings.numerics().interventions().active();
    if (!interventions.isEmpty()) {
      rows.put(
          "interventions",
          interventions.entrySet().stream()
              .map(e -> e.getKey() + " (" + e.getValue() + ")")
              .collect(Collectors.joining(", ")));
    }
    rows.put("memory", MemoryPlan.of(settings, task.spec()).text());
    rows.put("updates", String.format(Locale.ROOT, "%,d", settings.run().updates()));
    rows.put("seed", Long.toString(settings.seed()));
    rows.put("files", folder.path().toString());
    return rows;
  }
}
