package io.limber.app.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogTicksTest {

  @Test
  void labels_ofSmallNumbers_keepTheirDigits() {
    assertThat(LogTicks.of(0.004, 3).labels())
        .containsExactly("0.01", "0.03", "0.1", "0.3", "1", "3");
  }

  @Test
  void labels_withinADecade_areOnesTwosAndFives() {
    assertThat(LogTicks.of(0.9, 18).labels()).containsExactly("1", "2", "5", "10");
  }

  @Test
  void labels_ofManyDecades_arePowersOfTenAndFew() {
    assertThat(LogTicks.of(1e-7, 1e-2).labels())
        .containsExactly("10⁻⁷", "10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²");
    assertThat(LogTicks.of(1e-3, 5e8).labels())
        .containsExactly("10⁻²", "10⁰", "10²", "10⁴", "10⁶", "10⁸");
  }

  @Test
  void of_numbersBetweenTwoTicks_hasOneInTheMiddle() {
    assertThat(LogTicks.of(6.1, 6.9).values()).singleElement().asString().startsWith("6.4");
  }

  @Test
  void of_aSingleNumberAtATick_hasIt() {
    assertThat(LogTicks.of(100, 100).labels()).containsExactly("100");
  }
}
