package io.limber.app.top;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The alerts that fire, as {@code alerts.jsonl} tells. */
final class AlertLines {

  private final Path file;
  private final Map<String, String> firing = new LinkedHashMap<>();
  private int linesRead;

  AlertLines(Path file) {
    this.file = file;
  }

  /**
   * Reads on.
   *
   * @return what changed since the last time, for people
   */
  List<String> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    List<String> whole = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    List<String> fresh = whole.subList(Math.min(linesRead, whole.size()), whole.size());
    linesRead = whole.size();
    return fresh.stream().map(this::take).filter(line -> !line.isEmpty()).toList();
  }

  /** Alerts that fire now, one line each. */
  List<String> firing() {
    return List.copyOf(firing.values());
  }

  private String take(String json) {
    try {
      Config alert = ConfigFactory.parseString(json);
      if (alert.getString("state").equals("restarted")) {
        firing.clear();
        return "all over, since the run was resumed";
      }
      String key = alert.getString("alert") + " " + alert.getString("source");
      String text = alert.getString("text").replaceFirst("^limber \\S+: ", "");
      firing.remove(key);
      if (alert.getString("state").equals("firing")) {
        firing.put(key, text);
      }
      return text;
    } catch (ConfigException e) {
      return ""; // half a line that a killed run left
    }
  }
}
