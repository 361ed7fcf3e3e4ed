package io.limber.app.study;

import io.limber.app.figure.Axis;
import io.limber.app.figure.FigureKind;
import io.limber.app.figure.FigureSpec;
import io.limber.app.figure.FigureTable;
import io.limber.app.figure.FigureTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Two optimisers, whose value each fake run left in a file. */
final class FakeStudy implements Study {

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String title() {
    return "Fakes & figures";
  }

  @Override
  public String section() {
    return "no section";
  }

  @Override
  public int seeds(Scale scale) {
    return 2;
  }

  @Override
  public StudyPlan plan(StudyRequest request) {
    List<StudyCell> cells = new ArrayList<>();
    for (String optimizer : List.of("adam", "sgd")) {
      cells.addAll(
          StudyCell.base(List.of("run.updates=100"))
              .with("optimizer", optimizer, "optimizer.kind=" + optimizer)
              .seeds(request.seeds()));
    }
    return new StudyPlan(
        cells, List.of(new OpenValue("rate", "1e-3", "default")), List.of("the rest"));
  }

  @Override
  public List<DataTable> tables(List<FinishedCell> cells) throws IOException {
    DataTable.Builder table = new DataTable.Builder("values", "optimizer", "seed", "value");
    for (FinishedCell cell : cells) {
      double value = Double.parseDouble(Files.readString(cell.folder().resolve("value")));
      table.row(cell.choice("optimizer"), cell.choice("seed"), value);
    }
    return List.of(table.build());
  }

  @Override
  public List<StudyFigure> figures(DataTables tables) {
    List<Row> rows = new ArrayList<>();
    for (DataTable.Row row : tables.get("values").all()) {
      rows.add(Row.point("", row.text("optimizer"), row.number("seed"), row.number("value")));
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    FigureSpec spec =
        FigureSpec.of(
            "values",
            "Values",
            FigureKind.SCATTER,
            Axis.linear("seed", ""),
            Axis.linear("value", "unit"),
            "caption");
    return List.of(new StudyFigure(spec, new FigureTable(rows)));
  }

  @Override
  public List<Animation> animations(DataTables tables) {
    return figures(tables).isEmpty()
        ? List.of()
        : List.of(new Animation("moving", "moves", figures(tables)));
  }

  @Override
  public List<Verdict> verdicts(DataTables tables) {
    DataTable all = tables.get("values");
    return List.of(
        new Claim("(x) adam is larger", "difference")
            .above(
                0,
                Seeds.difference(
                    all.where("optimizer", "adam"), all.where("optimizer", "sgd"), "value")));
  }
}
