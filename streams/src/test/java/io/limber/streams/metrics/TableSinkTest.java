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
}
