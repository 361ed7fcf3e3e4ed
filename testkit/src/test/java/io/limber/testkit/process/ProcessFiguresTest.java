package io.limber.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProcessFiguresTest {

  @TempDir private Path folder;

  @Test
  void files_thatAreOpened_areCounted() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    long self = ProcessHandle.current().pid();
    int before = ProcessFigures.of(self).files();
    List<InputStream> opened = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      opened.add(Files.newInputStream(file));
    }

    ProcessFigures figures = ProcessFigures.of(self);

    // others of this JVM open and close files, too, but not that many
    assertThat(figures.files()).isGreaterThan(before + 25);
    assertThat(figures.threads()).isPositive();
    assertThat(figures.residentBytes()).isGreaterThan(10 << 20);
    for (InputStream stream : opened) {
      stream.close();
    }
  }

  @Test
  void figures_ofNoProcess_areRefused() {
    assertThatThrownBy(() -> ProcessFigures.of(Integer.MAX_VALUE)).isInstanceOf(IOException.class);
  }

  @Test
  void trend_ofPointsOnALine_isItsSlopeAndAStartIsLeftOut() {
    Trend trend = new Trend();
    for (int second = 0; second < 120; second++) {
      double value = second < 60 ? 1000 - 10 * second : 5 + 2.0 * second / 60;
      trend.add(second * 1_000_000_000L, value);
    }

    assertThat(trend.from(0.5).perMinute()).isEqualTo(2, within(1e-9));
    assertThat(trend.from(0.5).size()).isEqualTo(60);
    assertThat(trend.max()).isEqualTo(1000);
    assertThatThrownBy(() -> trend.from(1).perMinute()).isInstanceOf(IllegalStateException.class);
  }
}
