package io.limber.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void rows_changedOutside_stayAsTheyWere() {
    double[] row = {1, 2};
    Table table = new Table("curve", List.of("x", "y"), List.of(row));
    row[0] = 7;
    table.rows().get(0)[1] = 7;
    assertThat(table.rows()).containsExactly(new double[] {1, 2});
    assertThat(table).isEqualTo(Table.ofRow("curve", List.of("x", "y"), 1, 2));
    assertThat(table).isNotEqualTo(Table.ofRow("curve", List.of("x", "y"), 1, 3));
  }

  @Test
  void table_rowOfAnotherWidth_isRefused() {
    assertThatThrownBy(() -> Table.ofRow("curve", List.of("x", "y"), 1))
        .hasMessage("table curve has 2 columns, a row of it 1 numbers");
  }

  @Test
  void table_namesThatFilesCannotHold_areRefused() {
    assertThatThrownBy(() -> Table.ofRow("../curve", List.of("x"), 1))
        .hasMessage("table name = ../curve must be kebab-case of at most 64 characters");
    assertThatThrownBy(() -> Table.ofRow("curve", List.of("a,b"), 1))
        .hasMessage("table curve has a column of the name a,b, which files cannot hold");
    assertThatThrownBy(() -> Table.ofRow("curve", List.of("x", "x"), 1, 2))
        .hasMessage("table curve must have columns with names of their own, not [x, x]");
  }

  @Test
  void result_withoutMeasurements_isRefused() {
    assertThatThrownBy(() -> new ProbeResult(List.of(), List.of()))
        .hasMessage("a probe must measure something");
  }
}
