package io.limber.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarViewTest {

  @Test
  void bar_afterTheLastUpdate_endsItsLineWithinTheTerminal() {
    StringWriter text = new StringWriter();
    ProgressBarView view = new ProgressBarView(new PrintWriter(text, true), 100, "train", 200);

    view.update(200, "reward 0.98");
    view.close();
    view.close();

    String[] drawn = text.toString().split("\r");
    assertThat(drawn[drawn.length - 1])
        .startsWith("train 100%")
        .contains("reward 0.98")
        .endsWith(System.lineSeparator());
    assertThat(drawn)
        .allSatisfy(line -> assertThat(line.replace("\u001b[K", "")).hasSizeLessThanOrEqualTo(100));
  }
}
