package io.limber.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the program ends; scripts may rely on the numbers. */
public enum ExitCode {
  OK(0, "all went well"),
  FAILED(1, "the run or the build failed; the message says why"),
  USAGE(2, "wrong usage or configuration; nothing was started"),
  DATA(3, "a data file or snapshot is missing, damaged or could not be downloaded"),
  LACKING(4, "this machine lacks something needed; limber doctor says what"),
  INTERRUPTED(130, "Ctrl-C: stopped cleanly, files and summary are complete"),
  HALTED(131, "second Ctrl-C: stopped at once, the last lines of files may be missing"),
  TERMINATED(143, "SIGTERM: stopped cleanly, like 130");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** What the operating system sees. */
  public int code() {
    return code;
  }

  /** For people. */
  public String meaning() {
    return meaning;
  }

  /** Meanings by number, in order, for the help text. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitCode exit : values()) {
      meanings.put(" " + exit.code, exit.meaning);
    }
    return meanings;
  }
}
