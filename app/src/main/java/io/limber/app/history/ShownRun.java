package io.limber.app.history;

import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A run that can be looked at.
 *
 * @param id names it in addresses; at most 100 letters, digits, dots, hyphens and underscores
 * @param folder its folder, with {@code config.conf} and {@code probes/}
 * @param current its history now: a run whose file was cut back begins another one
 */
public record ShownRun(String id, Path folder, Supplier<History> current) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public ShownRun {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("run id = " + id + " must match " + ID);
    }
  }

  /** Its history now. */
  public History history() {
    return current.get();
  }

  /** An id for a folder of this name, which may hold any characters. */
  public static String idOf(String name) {
    String id = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
    return id.isEmpty() ? "run" : id.substring(0, Math.min(100, id.length()));
  }
}
