package io.limber.app.console;

import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One line of a terminal that is drawn again and again, with the time that is left. */
public final class ProgressBarView implements ProgressView {

  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final int REDRAW_MILLIS = 200;

  private final PrintWriter out;
  private final ProgressBar bar;
  private boolean closed;

  /**
   * @param out the terminal
   * @param columns its width
   * @param task word before the bar
   * @param total all there is to do
   */
  public ProgressBarView(PrintWriter out, int columns, String task, long total) {
    this.out = out;
    // A consumer of our own: the library's looks at the terminal itself, and takes Ctrl-C for that.
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, columns - 1))
            .build();
  }

  private void draw(String line) {
    out.print("\r" + line.strip() + CLEAR_REST_OF_LINE);
    out.flush();
  }

  @Override
  public synchronized void update(long done, String details) {
    if (!closed) {
      bar.setExtraMessage(" " + details);
      bar.stepTo(done);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      bar.close();
      out.println();
      out.flush();
    }
  }
}
