package io.limber.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataTablesTest {

  @TempDir Path folder;

  @Test
  void tables_writtenAndRead_areEqual() throws IOException {
    DataTable full =
        new DataTable.Builder("full", "task", "seed", "value")
            .row("easy", 1, 0.1)
            .row("hard", 2, Double.NaN)
            .row("", 3L, 1.0 / 3)
            .build();
    DataTable empty = new DataTable.Builder("none", "a", "b").build();
    DataTables tables = new DataTables(List.of(full, empty));

    tables.write(folder);

    assertThat(DataTables.read(folder)).isEqualTo(tables);
    assertThat(Files.readString(folder.resolve("full.csv")))
        .isEqualTo("task,seed,value\neasy,1,0.1\nhard,2,NaN\n,3,0.3333333333333333\n");
  }

  @Test
  void value_withAComma_isRefused() {
    DataTable table = new DataTable.Builder("bad", "text").row("a,b").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DataTables(List.of(table)).write(folder))
        .withMessageContaining("a,b");
  }

  @Test
  void where_picksRows_inOrder() {
    DataTable table =
        new DataTable.Builder("t", "k", "v").row("a", 1).row("b", 2).row("a", 3).build();

    assertThat(table.where("k", "a").numbers("v")).containsExactly(1, 3);
    assertThat(table.distinct("k")).containsExactly("a", "b");
  }
}
