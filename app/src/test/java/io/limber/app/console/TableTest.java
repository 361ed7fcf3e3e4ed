package io.limber.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void text_ofRows_linesUpTheValuesInOrder() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("updates", "10");
    rows.put("reward", "0.9");

    assertThat(Table.text(rows).lines()).containsExactly("  updates  10", "  reward   0.9");
  }
}
