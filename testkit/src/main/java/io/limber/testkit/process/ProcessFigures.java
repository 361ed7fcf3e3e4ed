package io.limber.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process takes of its machine, by Linux' {@code /proc}.
 *
 * @param residentBytes physical memory, native memory included (VmRSS)
 * @param threads of the process
 * @param files that it has open, sockets included
 */
public record ProcessFigures(long residentBytes, int threads, int files) {

  private static final long KIB = 1024;

  /**
   * Of a process that lives.
   *
   * @throws IOException if there is no such process, or no {@code /proc} on this machine
   */
  public static ProcessFigures of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    List<String> status = Files.readAllLines(folder.resolve("status"));
    try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
      return new ProcessFigures(
          number(status, "VmRSS") * KIB, (int) number(status, "Threads"), (int) files.count());
    }
  }

  private static long number(List<String> status, String name) throws IOException {
    for (String line : status) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + name + ": the process is ending");
  }
}
