package io.limber.numerics.network;

import io.limber.numerics.network.Network.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds hidden units: from each nonlinearity back to one kernel and on to those that read it. */
final class UnitGroups {

  private final List<Stage> stages;

  private UnitGroups(List<Stage> stages) {
    this.stages = stages;
  }

  static List<UnitGroup> of(List<Stage> stages) {
    UnitGroups search = new UnitGroups(stages);
    return stages.stream()
        .filter(stage -> stage.layer().isNonlinearity())
        .flatMap(stage -> search.around(stage).stream())
        .toList();
  }

  /** Empty where units are mixed otherwise than by kernels: by a residual sum or by attention. */
  private Optional<UnitGroup> around(Stage nonlinearity) {
    Optional<Stage> producer = producer(nonlinearity);
    if (producer.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> made = producer.get().outputShape();
    int units = made.get(made.size() - 1);
    List<Stage> between = new ArrayList<>();
    List<UnitGroup.Consumer> consumers = new ArrayList<>();
    // from the kernel on, so that no one else reads the units before the nonlinearity
    boolean kernelsOnly = consumers(producer.get().place(), units, consumers, between);
    return kernelsOnly && !consumers.isEmpty()
        ? Optional.of(
            new UnitGroup(nonlinearity.place(), producer.get(), between, units, consumers))
        : Optional.empty();
  }

  private Optional<Stage> producer(Stage nonlinearity) {
    Stage stage = nonlinearity;
    while (stage.layer().keepsUnits() && stage.inputs().get(0) > 0) {
      stage = stages.get(stage.inputs().get(0) - 1);
      if (stage.layer().makesUnits()) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }

  private boolean consumers(
      int place, int units, List<UnitGroup.Consumer> found, List<Stage> between) {
    for (Stage stage : stages) {
      if (!stage.inputs().contains(place)) {
        continue;
      }
      if (stage.layer().makesUnits()) {
        List<Integer> read = stage.inputShape();
        found.add(new UnitGroup.Consumer(stage, read.get(read.size() - 1), units));
      } else if (stage.layer().keepsUnits()) {
        if (stage.hasParameters()) {
          between.add(stage);
        }
        if (!consumers(stage.place(), units, found, between)) {
          return false;
        }
      } else {
        return false;
      }
    }
    return true;
  }
}
