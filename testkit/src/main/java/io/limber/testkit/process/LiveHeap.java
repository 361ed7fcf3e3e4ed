package io.limber.testkit.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM's heap holds without its garbage: a queue that grows shows here long before it shows
 * in resident memory, of which a heap takes its part once and for all.
 */
public final class LiveHeap {

  /** The last line: instances and bytes of all classes. */
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

  private LiveHeap() {}

  /**
   * Collects the garbage of a JVM of this machine and this user, and counts the rest.
   *
   * @return bytes
   * @throws IOException if there is no such JVM
   */
  public static long bytesOf(long pid) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(tool, Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = TOTAL.matcher(said);
    if (process.waitFor() != 0 || !total.find()) {
      throw new IOException("no live heap of process " + pid + ": " + said);
    }
    return Long.parseLong(total.group(1));
  }
}
