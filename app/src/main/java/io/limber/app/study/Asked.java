package io.limber.app.study;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.app.config.Assignment;
import io.limber.app.json.Json;
import io.limber.protos.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user asked of a study beside its scale, kept so that {@code report} is about the same
 * cells.
 *
 * @param seeds runs of each configuration; empty for the study's own number
 * @param sets keys set over the study's, as {@code key=value}
 */
public record Asked(Optional<Integer> seeds, List<String> sets) {

  public Asked {
    sets = List.copyOf(sets);
  }

  /** The keys that were set. */
  public List<Assignment> assignments() {
    return sets.stream().map(text -> Assignment.parse("--set", text)).toList();
  }

  void write(Path file) throws IOException {
    Map<String, Object> document =
        Map.of("seeds", seeds.map(List::of).orElse(List.of()), "sets", sets);
    byte[] text = Json.document(document).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(text));
  }

  /** What was written; nothing in particular if nothing was. */
  static Asked read(Path file) {
    if (!Files.exists(file)) {
      return new Asked(Optional.empty(), List.of());
    }
    Config read = ConfigFactory.parseFile(file.toFile());
    return new Asked(read.getIntList("seeds").stream().findFirst(), read.getStringList("sets"));
  }
}
