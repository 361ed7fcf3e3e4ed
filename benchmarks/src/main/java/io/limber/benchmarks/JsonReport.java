package io.limber.benchmarks;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a benchmark prints: its name, the machine, and its figures. */
public final class JsonReport {

  private JsonReport() {}

  /** Prints one JSON object on standard output. */
  public static void print(String benchmark, Map<String, Object> results) {
    var json = new LinkedHashMap<String, Object>();
    json.put("benchmark", benchmark);
    json.put("machine", machine());
    json.put("results", results);
    var options = ConfigRenderOptions.defaults().setOriginComments(false).setComments(false);
    System.out.print(ConfigValueFactory.fromMap(json).render(options));
  }

  private static Map<String, Object> machine() {
    return Map.of(
        "processors", Runtime.getRuntime().availableProcessors(),
        "architecture", System.getProperty("os.arch"),
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
  }
}
