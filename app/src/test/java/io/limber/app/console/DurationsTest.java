package io.limber.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({"-1, 0s", "0, 0s", "59, 59s", "60, 1m 00s", "3599, 59m 59s", "10800, 3h 00m"})
  void text_ofSeconds_usesTheTwoLargestUnits(long seconds, String text) {
    assertThat(Durations.text(Duration.ofSeconds(seconds))).isEqualTo(text);
  }
}
