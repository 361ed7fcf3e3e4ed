package io.limber.streams.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.limber.core.probe.ProbeTables;
import io.limber.core.probe.Table;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableSinkTest {

  private static final ProbeTables TABLES =
      new ProbeTables(
          "hessian",
          2000,
          List.of(
              new Table(
                  "density",
                  List.of("eigenvalue", "density"),
                  List.of(new double[] {-0.5, 1}, new double[] {Double.NaN, 1e-30})),
              Table.ofRow("weight-norm", List.of("dense-0/kernel"), 3.25)));

  @TempDir private Path folder;

  @Test
  void accept_tables_writesACsvEachAndOneJsonOfAll() throws IOException {
    Path probes = folder.resolve("probes");
    new TableSink(probes).accept(TABLES, Reports.TIME);

    assertThat(probes.resolve("hessian-2000-density.csv"))
        .hasContent("eigenvalue,density\n-0.5,1\nNaN,1.0E-30\n");
    assertThat(probes.resolve("hessian-2000-weight-norm.csv")).hasContent("dense-0/kernel\n3.25\n");
    var json = ConfigFactory.parseFile(probes.resolve("hessian-2000.json").toFile());
    assertThat(json.getLong("step")).isEqualTo(2000);
    assertThat(json.getStringList("tables.density.columns"))
        .containsExactly("eigenvalue", "density");
    assertThat(json.getList("tables.density.rows").unwrapped().get(1))
        .isEqualTo(List.of("NaN", 1e-30));
    assertThat(probes.toFile().list()).hasSize(3);
  }

  @Test
  void accept_fileThatCannotBeReplaced_leavesNothingHalfWritten() throws IOException {
    Path inTheWay = Files.createDirectories(folder.resolve("hessian-2000-density.csv/x"));

    assertThatThrownBy(() -> new TableSink(folder).accept(TABLES, Reports.TIME))
        .isInstanceOf(FileSystemException.class);
    assertThat(inTheWay).exists();
    assertThat(folder.toFile().list()).containsExactly("hessian-2000-density.csv");
  }

  /** A file where the folder should be stands for a disk that takes nothing, until it is gone. */
  @Test
  void accept_whileNothingCanBeWritten_keepsTheTablesForLater() throws IOException {
    Path probes = Files.writeString(folder.resolve("probes"), "full");
    TableSink sink = new TableSink(probes);
    assertThatThrownBy(() -> sink.accept(TABLES, Reports.TIME)).isInstanceOf(IOException.class);
    sink.accept(atStep(3000), Reports.TIME); // waits behind the first
    assertThatThrownBy(sink::flush).isInstanceOf(IOException.class);

    Files.delete(probes);
    sink.flush();

    assertThat(probes.resolve("hessian-2000.json")).exists();
    assertThat(probes.resolve("hessian-3000.json")).exists();
    assertThat(lost(sink)).isZero();
    sink.close();
  }

  @Test
  void accept_ofMoreThanMayWait_losesAndCountsThem() throws IOException {
    TableSink sink = new TableSink(Files.writeString(folder.resolve("probes"), "full"));
    int rows = (int) (TableSink.MAX_WAITING_NUMBERS / 2 + 1);
    Table large = new Table("large", List.of("x"), Collections.nCopies(rows, new double[1]));
    ProbeTables half = new ProbeTables("landscape", 1, List.of(large));
    assertThatThrownBy(() -> sink.accept(half, Reports.TIME)).isInstanceOf(IOException.class);

    assertThatThrownBy(() -> sink.accept(half, Reports.TIME)).hasMessageContaining("are lost");
    assertThat(lost(sink)).isEqualTo(1);
    assertThatThrownBy(sink::close).isInstanceOf(IOException.class);
    assertThat(lost(sink)).isEqualTo(2);
  }

  private static ProbeTables atStep(long step) {
    return new ProbeTables("hessian", step, TABLES.tables());
  }

  private static double lost(TableSink sink) {
    return sink.reports(0).get(0).measurements().get(0).value();
  }
}
