package io.limber.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressLinesViewTest {

  private final StringWriter text = new StringWriter();
  private Instant now = Instant.EPOCH;
  private final ProgressLinesView view =
      new ProgressLinesView(new PrintWriter(text), "train", 200, Duration.ofSeconds(5), () -> now);

  @Test
  void update_beforeTheIntervalIsOver_printsNothing() {
    view.update(0, "first");
    now = now.plusSeconds(4);
    view.update(40, "early");
    now = now.plusSeconds(1);
    view.update(50, "due");

    assertThat(text.toString().lines())
        .containsExactly(
            "train   0%  0/200  0s, ? left  first", "train  25%  50/200  5s, 15s left  due");
  }

  @Test
  void close_afterAnUnprintedUpdate_printsItOnce() {
    view.update(0, "first");
    view.update(200, "last");
    view.close();
    view.close();
    view.update(200, "too late");

    assertThat(text.toString().lines()).hasSize(2).last().asString().endsWith("last");
  }
}
