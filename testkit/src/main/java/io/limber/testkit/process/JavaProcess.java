package io.limber.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A Java program in a process of its own. Every wait has a limit; an {@link AssertionError} shows
 * what the process had to say until then. One thread may use it; closing kills it and what it
 * started.
 */
public final class JavaProcess implements AutoCloseable {

  /** Long enough for a JVM with TensorFlow to start on a machine that does other things too. */
  public static final Duration LIMIT = Duration.ofSeconds(90);

  private static final String END = "\u0004";
  private static final int SHOWN_LINES = 40;

  private final Process process;
  private final Path errors;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private JavaProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a program of this test's class path.
   *
   * @param errors takes standard error
   * @param arguments JVM options, main class and its arguments
   */
  public static JavaProcess start(Path errors, List<String> arguments) throws IOException {
    return startCommand(errors, command(arguments));
  }

  /** What {@link #start} runs, for instance to put it behind {@code ip netns exec}. */
  public static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /**
   * Starts a command that becomes a JVM without forking, like the launcher, so that signals reach
   * it.
   *
   * @param errors takes standard error
   */
  public static JavaProcess startCommand(Path errors, List<String> command) throws IOException {
    // env: a signal that the build ignores, as jobs in the background do, would be ignored here too
    List<String> whole = new ArrayList<>(List.of("env", "--default-signal=INT"));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectError(errors.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("TF_CPP_MIN_LOG_LEVEL", "3");
    return new JavaProcess(builder.start(), errors);
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException e) {
      lines.add("cannot read: " + e);
    } finally {
      lines.add(END);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits up to {@link #LIMIT} for a line of standard output. */
  public String awaitLine(Predicate<String> wanted) throws InterruptedException {
    return awaitLine(wanted, LIMIT);
  }

  /** Waits for a line of standard output and gives it. */
  public String awaitLine(Predicate<String> wanted, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw failure("the line awaited did not come within " + limit.toSeconds() + " s");
      }
      if (line.equals(END)) {
        lines.add(END);
        throw failure("the output ended without the line awaited");
      }
      seen.add(line);
      if (wanted.test(line)) {
        return line;
      }
    }
  }

  /** Sends a signal, for instance {@code INT}. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw failure("the process takes no signal " + name + ": it has ended");
    }
  }

  /** SIGKILL; the process is gone when this returns. */
  public void kill() throws IOException, InterruptedException {
    signal("KILL");
    awaitExit();
  }

  /** SIGSTOP: the process stands still, its connections stay open. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT: goes on after {@link #pause}. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Exit code, once the process has ended, within {@link #LIMIT}. */
  public int awaitExit() throws InterruptedException {
    return awaitExit(LIMIT);
  }

  /** Exit code, once the process has ended; 128 and the signal's number after a signal. */
  public int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw failure("the process did not end within " + limit.toSeconds() + " s");
    }
    return process.exitValue();
  }

  /** All of standard output, after the end. */
  public List<String> output() throws InterruptedException {
    awaitExit();
    for (String line = lines.take(); !line.equals(END); line = lines.take()) {
      seen.add(line);
    }
    lines.add(END);
    return List.copyOf(seen);
  }

  /** What it wrote to standard error so far. */
  public String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return "cannot read " + errors + ": " + e;
    }
  }

  private AssertionError failure(String what) {
    List<String> said = errors().lines().toList();
    return new AssertionError(
        "process %d: %s%n--- standard output%n%s%n--- standard error%n%s"
            .formatted(process.pid(), what, tail(seen), tail(said)));
  }

  private static String tail(List<String> lines) {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  @Override
  public void close() {
    ProcessTree.kill(process);
  }
}
