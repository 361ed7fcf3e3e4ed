package io.limber.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.limber.app.figure.FigureTable.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FigureFilesTest {

  private static final Axis STEPS = Axis.linear("learner step", "updates");
  private static final Axis FRACTION = Axis.linear("dead units", "fraction");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(FigureKind.class)
  void redraw_fromTheCsv_givesTheSameBytes(FigureKind kind) throws IOException {
    FigureSpec spec = spec(kind);
    FigureFiles.write(folder, spec, table(kind));
    byte[] svg = Files.readAllBytes(folder.resolve("figure.svg"));
    byte[] png = Files.readAllBytes(folder.resolve("figure.png"));
    Files.delete(folder.resolve("figure.svg"));
    Files.delete(folder.resolve("figure.png"));

    FigureFiles.redraw(folder, spec);

    assertThat(folder.resolve("figure.svg")).hasBinaryContent(svg);
    assertThat(folder.resolve("figure.png")).hasBinaryContent(png);
  }

  @Test
  void svg_ofAFigure_saysUnitsGroupsPanelsAndCaption() throws IOException {
    FigureFiles.write(folder, spec(FigureKind.LINES), table(FigureKind.LINES));

    assertThat(folder.resolve("figure.svg"))
        .content()
        .contains("learner step (updates)", "dead units (fraction)", "(a) second", "(b) first")
        .contains("tuned Adam", "default, &quot;Adam&quot;", "n = 3 seeds")
        .doesNotContain("<script");
  }

  @Test
  void png_ofAFigure_hasTwiceTheSizeOfTheSvg() throws IOException {
    FigureFiles.write(folder, spec(FigureKind.BARS), table(FigureKind.BARS));

    byte[] png = Files.readAllBytes(folder.resolve("figure.png"));
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(2 * 920);
  }

  @Test
  void heatMap_ofManyCells_staysSmall() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      for (int j = 0; j < 256; j++) {
        rows.add(Row.cell("", i, j, Math.sin(i * j)));
      }
    }

    FigureFiles.write(folder, spec(FigureKind.DIVERGING_HEAT_MAP), new FigureTable(rows));

    // A byte per cell and colour channel, compressed, in base 64; as rectangles: 10 MB.
    assertThat(Files.size(folder.resolve("figure.svg"))).isLessThan(400_000);
  }

  @Test
  void csv_ofAForeignTable_isRefused() throws IOException {
    Files.writeString(folder.resolve("figure.csv"), "step,loss\n1,2\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FigureFiles.redraw(folder, spec(FigureKind.LINES)))
        .withMessageContaining("the first line must be panel,group,category");
  }

  @Test
  void csv_withAWordForANumber_namesTheRecord() throws IOException {
    FigureFiles.write(folder, spec(FigureKind.LINES), table(FigureKind.LINES));
    Path csv = folder.resolve("figure.csv");
    Files.writeString(csv, Files.readString(csv) + "a,b,c,many,0,,,\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FigureFiles.read(csv))
        .withMessageContaining("record 82: 'many' is not a number");
  }

  private static FigureSpec spec(FigureKind kind) {
    String caption =
        "n = 3 seeds (1, 2, 3). Bands and error bars are bootstrap intervals of the mean, nominally"
            + " 95 %, from 4,000 resamples; at so few seeds they are too narrow.";
    return kind.isHeatMap()
        ? FigureSpec.heatMap(
            "figure", "Heat", kind, STEPS, FRACTION, Axis.linear("cosine", ""), caption)
        : FigureSpec.of("figure", "A figure", kind, STEPS, FRACTION, caption);
  }

  private static FigureTable table(FigureKind kind) {
    List<Row> rows = new ArrayList<>();
    for (String panel : List.of("second", "first")) {
      for (String group : List.of("default, \"Adam\"", "tuned Adam")) {
        for (int i = 0; i < 20; i++) {
          rows.add(row(kind, panel, group, i));
        }
      }
    }
    return new FigureTable(rows);
  }

  private static Row row(FigureKind kind, String panel, String group, int i) {
    double y = Math.sin(0.3 * i + group.length());
    return switch (kind) {
      case LINES, SCATTER -> Row.point(panel, group, 100.0 * i, y, y - 0.1, y + 0.2);
      case BARS -> Row.bar(panel, group, "layer " + i % 4, y, y - 0.1, y + 0.2);
      case HEAT_MAP, DIVERGING_HEAT_MAP -> Row.cell(panel, i % 5, i / 5, y);
    };
  }
}
