package io.limber.app.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Interventions from later papers beside the best of the paper's, in the same form. */
final class ModernInterventions implements Study {

  private static final String NORM = "network.layer-norm=true";

  @Override
  public String name() {
    return "modern-interventions";
  }

  @Override
  public String title() {
    return "What later interventions do to the loss of plasticity";
  }

  @Override
  public String section() {
    return "beyond the paper; its section 6.2 with others' interventions";
  }

  @Override
  public int seeds(Scale scale) {
    return switch (scale) {
      case QUICK -> 3;
      case LAPTOP -> 4;
      case PAPER -> 5;
    };
  }

  @Override
  public StudyPlan plan(StudyRequest request) {
    InterventionCells cells = new InterventionCells(request);
    var architectures = new LinkedHashMap<>(cells.architectures());
    // NaP and layer norm need networks that can have one before every nonlinearity
    boolean quick = request.scale() == Scale.QUICK;
    architectures.keySet().retainAll(quick ? List.of("mlp") : List.of("mlp", "cnn"));
    List<StudyCell> all = new ArrayList<>();
    architectures.forEach(
        (name, trained) ->
            all.addAll(
                cells.of(
                    interventions(request.scale(), trained.updates()), Map.of(name, trained))));
    List<OpenValue> open = new ArrayList<>(cells.open());
    open.add(
        new OpenValue(
            "strengths", "as listed in docs/studies.md", "middle of the sources' sweeps"));
    List<String> leftOut = new ArrayList<>(cells.leftOut());
    if (quick) {
      leftOut.add("the CNN, for a third seed of the MLP");
    }
    return new StudyPlan(all, open, leftOut);
  }

  private static Map<String, List<String>> interventions(Scale scale, int updates) {
    boolean quick = scale == Scale.QUICK;
    Map<String, List<String>> paper = InterventionTable.paper();
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("none", List.of());
    all.put("layer-norm", paper.get("layer-norm"));
    all.put("two-hot+layer-norm", paper.get("two-hot+layer-norm"));
    all.put("layer-norm+decay", List.of(NORM, "optimizer.weight-decay=1.0e-4"));
    all.put("l2-init", List.of("interventions.l2-init.strength=1.0e-3"));
    all.put("redo", List.of("interventions.redo.when=target-update"));
    all.put(
        "continual-backprop",
        List.of(
            "interventions.continual-backprop.when=every 10",
            "interventions.continual-backprop.replacement-rate=" + (quick ? "1.0e-3" : "1.0e-4"),
            "interventions.continual-backprop.maturity=" + (quick ? 100 : 1000)));
    all.put("injection", List.of("interventions.plasticity-injection.when=once " + updates / 2));
    all.put("nap", List.of(NORM, "interventions.nap.when=target-update"));
    all.put("crelu", List.of("network.activation=crelu"));
    return all;
  }

  @Override
  public List<DataTable> tables(List<FinishedCell> cells) throws IOException {
    return List.of(InterventionTable.of(cells));
  }

  @Override
  public List<StudyFigure> figures(DataTables tables) {
    return InterventionTable.figures(tables, false);
  }

  @Override
  public List<Verdict> verdicts(DataTables tables) {
    List<Verdict> verdicts = new ArrayList<>();
    for (String name : InterventionTable.rise(tables).distinct("intervention")) {
      if (!name.equals("none")) {
        verdicts.add(
            new Claim(
                    "(beyond) " + name + " lessens the loss of plasticity",
                    "rise of the probe loss with it less that without")
                .below(0, InterventionTable.overNone(tables, name)));
      }
    }
    return verdicts;
  }
}
