package io.limber.app.study;

import io.limber.core.data.DataSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The grid of both intervention studies at one scale. */
final class InterventionCells {

  private final StudyRequest request;
  private final Scale scale;
  private final List<String> leftOut = new ArrayList<>();

  InterventionCells(StudyRequest request) {
    this.request = request;
    scale = request.scale();
  }

  /** All cells, for architectures with what sets each and the updates that it is trained for. */
  List<StudyCell> of(Map<String, List<String>> interventions, Map<String, Trained> architectures) {
    List<StudyCell> cells = new ArrayList<>();
    dataSets()
        .forEach(
            (data, keys) ->
                architectures.forEach(
                    (architecture, trained) ->
                        interventions.forEach(
                            (intervention, sets) -> {
                              if (InterventionTable.allowed(architecture, intervention)) {
                                cells.addAll(
                                    agent(architecture, trained)
                                        .with("data", data, keys)
                                        .with("intervention", intervention, sets)
                                        .seeds(request.seeds()));
                              }
                            })));
    return cells;
  }

  private StudyCell agent(String architecture, Trained trained) {
    List<String> base = new ArrayList<>(Bases.agent(scale, trained.updates));
    base.addAll(Bases.plasticity(scale, trained.updates));
    base.add("run.evaluation-steps=2000");
    return StudyCell.base(base)
        .with("task", "true-label", "environment.kind=true-label")
        .with("architecture", architecture, trained.keys);
  }

  /**
   * How an architecture is trained.
   *
   * @param updates learner updates
   * @param keys what sets it
   */
  record Trained(int updates, List<String> keys) {}

  /** MNIST, and CIFAR-10 beyond quick scale where it is here. */
  private Map<String, List<String>> dataSets() {
    Map<String, List<String>> sets = new LinkedHashMap<>();
    sets.put("mnist", List.of("data.name=mnist"));
    if (scale == Scale.QUICK) {
      leftOut.add("CIFAR-10; the larger scales have it");
    } else if (request.folder(DataSet.CIFAR10).isEmpty()) {
      leftOut.add("CIFAR-10, which is not on this machine: limber data fetch cifar10");
    } else {
      sets.put(
          "cifar10",
          List.of("data.name=cifar10", "data.directory=" + request.folder(DataSet.CIFAR10).get()));
    }
    return sets;
  }

  /** The paper's architectures at this scale. */
  Map<String, Trained> architectures() {
    Map<String, Trained> all = new LinkedHashMap<>();
    int updates =
        switch (scale) {
          case QUICK -> 4000;
          case LAPTOP -> 8000;
          case PAPER -> 100_000;
        };
    all.put("mlp", new Trained(updates, Bases.mlp(scale)));
    all.put("cnn", new Trained(updates, Bases.cnn(scale)));
    if (scale == Scale.PAPER) {
      all.put("resnet18", new Trained(updates, List.of("network.kind=resnet18")));
      all.put("vit", new Trained(updates, List.of("network.kind=vit")));
    } else {
      leftOut.add("ResNet-18 and the vision transformer; --scale paper has them");
    }
    Bases.narrow(scale).ifPresent(leftOut::add);
    return all;
  }

  /** What this scale or machine has no room for, each part once. */
  List<String> leftOut() {
    return leftOut.stream().distinct().toList();
  }

  /** What was chosen beside what all agents share. */
  List<OpenValue> open() {
    List<OpenValue> open = new ArrayList<>(Bases.open(scale));
    open.add(
        new OpenValue("task", "true-label (easy)", "the paper averages over several tasks; one"));
    open.add(Bases.openSupport());
    open.add(
        new OpenValue(
            "shrink and perturb", "0.8 times the weights plus 0.2 times a fresh draw", "SR-SPR"));
    open.add(new OpenValue("strides and padding of the CNN", "2 and same", "network.cnn"));
    return open;
  }
}
