package io.limber.app.top;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.app.console.Terminal;
import io.limber.app.history.RunStatus;
import io.limber.app.run.FolderStatus;
import io.limber.app.run.RunFolder;
import io.limber.streams.metrics.JsonLinesReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Follows a run until it ends: on a terminal a screen that is drawn again every second, elsewhere a
 * plain line every few seconds, and a line for each alert.
 */
public final class Top {

  private static final String HOME = "\u001b[H";
  private static final String CLEAR = "\u001b[2J";
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_REST = "\u001b[J";
  private static final Duration REDRAW = Duration.ofSeconds(1);
  private static final Duration LINES = Duration.ofSeconds(5);

  private final RunFolder folder;
  private final PrintWriter out;
  private final Terminal terminal;
  private final InstantSource clock;
  private final TopScreen screen;
  private final JsonLinesReader reader;
  private final AlertLines alerts;
  private final RunState state = new RunState();
  private boolean drawn;

  /**
   * @param unicode whether {@code out} shows block elements
   * @param clock tells how long a run has been silent
   */
  public Top(
      RunFolder folder, PrintWriter out, Terminal terminal, boolean unicode, InstantSource clock) {
    this.folder = folder;
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    reader = new JsonLinesReader(folder.metrics());
    alerts = new AlertLines(folder.alerts());
    String name = folder.path().getFileName().toString();
    screen = new TopScreen(name, totalUpdates(), terminal.columns(), unicode);
  }

  /**
   * Shows the run as it is now.
   *
   * @return how it is
   */
  public RunStatus show() throws IOException {
    RunStatus status = status(); // first: what is read after the end was known is all there is
    reader.read(state::add);
    List<String> news = alerts.read();
    if (terminal.out()) {
      draw(status);
    } else {
      news.forEach(alert -> out.println("alert: " + alert));
      out.println(screen.line(state, alerts, status, clock.instant()));
    }
    out.flush();
    return status;
  }

  /**
   * Shows the run again and again until it has ended or whoever wrote it is gone. Blocks.
   *
   * @return how it is then
   */
  public RunStatus follow() throws IOException {
    CompletableFuture<RunStatus> ended = new CompletableFuture<>();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    long millis = (terminal.out() ? REDRAW : LINES).toMillis();
    timer.scheduleWithFixedDelay(() -> showOrEnd(ended), 0, millis, TimeUnit.MILLISECONDS);
    try {
      return ended.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw e;
    } finally {
      timer.shutdownNow();
    }
  }

  private void showOrEnd(CompletableFuture<RunStatus> ended) {
    try {
      RunStatus status = show();
      if (status.isOver()) {
        ended.complete(status);
      }
    } catch (IOException | RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  private void draw(RunStatus status) {
    StringBuilder frame = new StringBuilder(drawn ? HOME : CLEAR + HOME);
    for (String line : screen.lines(state, alerts, status, clock.instant())) {
      frame.append(line).append(CLEAR_REST_OF_LINE).append(System.lineSeparator());
    }
    out.print(frame.append(CLEAR_REST));
    drawn = true;
  }

  private RunStatus status() throws IOException {
    return new FolderStatus(clock).of(folder.path());
  }

  private long totalUpdates() {
    Config config = ConfigFactory.parseFile(folder.config().toFile());
    String key = "limber.run.updates";
    return config.hasPath(key) ? config.getLong(key) : 0;
  }
}
