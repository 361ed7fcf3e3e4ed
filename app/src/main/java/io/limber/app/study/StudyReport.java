package io.limber.app.study;

import io.limber.app.figure.FigureFiles;
import io.limber.app.json.Json;
import io.limber.protos.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a study so far.
 *
 * @param head what was run
 * @param figures drawn from the tables
 * @param animations drawn from the tables
 * @param verdicts computed from the tables
 * @param folder where its files are
 */
public record StudyReport(
    ReportHead head,
    List<StudyFigure> figures,
    List<Animation> animations,
    List<Verdict> verdicts,
    Path folder) {

  public StudyReport {
    figures = List.copyOf(figures);
    animations = List.copyOf(animations);
    verdicts = List.copyOf(verdicts);
  }

  /**
   * Writes tables as CSV, and what is made of them when they are read back: figures as SVG and PNG,
   * {@code report.json} and the page {@code index.html}.
   *
   * @param folder made if it does not exist; files of the same names give way
   */
  static StudyReport write(Study study, ReportHead head, DataTables tables, Path folder)
      throws IOException {
    Path data = folder.resolve("data");
    tables.write(data);
    return redraw(study, head, folder);
  }

  /** As {@link #write}, from the CSV files that lie in {@code folder} already. */
  static StudyReport redraw(Study study, ReportHead head, Path folder) throws IOException {
    DataTables tables = DataTables.read(folder.resolve("data"));
    StudyReport report =
        new StudyReport(
            head, study.figures(tables), study.animations(tables), study.verdicts(tables), folder);
    Path pictures = folder.resolve("figures");
    for (StudyFigure figure : report.figures) {
      FigureFiles.write(pictures, figure.spec(), figure.table());
    }
    for (Animation animation : report.animations) {
      write(pictures.resolve(animation.name() + ".svg"), AnimatedSvg.of(animation));
    }
    write(folder.resolve("report.json"), Json.document(report.toMap()));
    write(folder.resolve("index.html"), ReportPage.html(report, pictures));
    return report;
  }

  private static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>(head.toMap());
    map.put("verdicts", verdicts.stream().map(Verdict::toMap).toList());
    map.put("figures", figures.stream().map(figure -> figure.spec().name()).toList());
    return map;
  }
}
