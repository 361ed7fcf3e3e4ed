package io.limber.app.doctor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one check found.
 *
 * @param name what was looked at
 * @param status how it is
 * @param detail what is there, or why it cannot be used
 * @param mend what to do about it; empty where nothing need be done
 */
public record Finding(String name, Status status, String detail, String mend) {

  /** How it is. */
  public enum Status {
    OK("ok"),
    /** Not here, and things work without it. */
    OPTIONAL("optional"),
    /** Not here or not usable, and training needs it. */
    MISSING("missing");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static Finding ok(String name, String detail) {
    return new Finding(name, Status.OK, detail, "");
  }

  static Finding optional(String name, String detail, String mend) {
    return new Finding(name, Status.OPTIONAL, detail, mend);
  }

  static Finding missing(String name, String detail, String mend) {
    return new Finding(name, Status.MISSING, detail, mend);
  }

  /** One or two lines for people. */
  public String text() {
    String line = "%-9s %-14s %s".formatted(status, name, detail);
    return mend.isEmpty() ? line : line + System.lineSeparator() + " ".repeat(25) + "→ " + mend;
  }

  /** For JSON. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("status", status.toString());
    map.put("detail", detail);
    map.put("mend", mend);
    return map;
  }
}
