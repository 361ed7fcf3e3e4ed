package io.limber.app.study;

import io.limber.app.batch.Cell;
import io.limber.app.batch.Room;
import io.limber.app.console.Durations;
import io.limber.app.run.RunEnd;
import io.limber.app.run.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a study's cells take. Times are guesses until a cell is finished; from then on the guesses
 * of the others are scaled by what the finished ones took.
 *
 * @param cells in their order
 * @param costs of each
 * @param taken seconds that each took; empty while it is not finished
 */
public record Estimate(List<Cell> cells, List<CellCost> costs, List<Optional<Double>> taken) {

  public Estimate {
    cells = List.copyOf(cells);
    costs = List.copyOf(costs);
    taken = List.copyOf(taken);
  }

  /** What the summary of a finished cell says. */
  static Optional<Double> seconds(Path folder) {
    return RunEnd.of(new RunFolder(folder)).map(RunEnd::seconds);
  }

  /** Measured over guessed time of the finished cells; 1 before there is one. */
  private double factor() {
    double measured = 0;
    double guessed = 0;
    for (int i = 0; i < cells.size(); i++) {
      if (taken.get(i).isPresent()) {
        measured += taken.get(i).get();
        guessed += costs.get(i).seconds();
      }
    }
    return guessed == 0 ? 1 : measured / guessed;
  }

  /** Time that the unfinished cells take, one after the other. */
  public Duration left() {
    double seconds = 0;
    for (int i = 0; i < cells.size(); i++) {
      seconds += taken.get(i).isPresent() ? 0 : factor() * costs.get(i).seconds();
    }
    return Duration.ofMillis((long) (1000 * seconds));
  }

  /** Gradients of all cells, probes included. */
  public long gradients() {
    return costs.stream().mapToLong(cost -> cost.updates() + cost.probes()).sum();
  }

  private long finished() {
    return taken.stream().filter(Optional::isPresent).count();
  }

  /** One line for each cell and one for all. */
  public void print(PrintWriter out) {
    double factor = factor();
    for (int i = 0; i < cells.size(); i++) {
      CellCost cost = costs.get(i);
      String time =
          taken.get(i).isPresent()
              ? "finished, took " + text(taken.get(i).get())
              : "about " + text(factor * cost.seconds());
      out.printf(
          Locale.ROOT,
          "%s  %s: %,d updates, %,d gradients of probes, %s%n",
          cells.get(i).key(),
          cells.get(i).label(),
          cost.updates(),
          cost.probes(),
          time);
    }
    out.printf(
        Locale.ROOT,
        "%d cells, %d finished; %,d gradients; about %s left, one cell at a time; %s%n",
        cells.size(),
        finished(),
        gradients(),
        Durations.text(left()),
        Room.of(cells).text());
  }

  private static String text(double seconds) {
    return Durations.text(Duration.ofMillis((long) (1000 * seconds)));
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("key", cells.get(i).key());
      row.put("choices", cells.get(i).choices());
      row.put("updates", costs.get(i).updates());
      row.put("probe-gradients", costs.get(i).probes());
      row.put("finished", taken.get(i).isPresent());
      row.put("seconds", taken.get(i).orElse(factor() * costs.get(i).seconds()));
      rows.add(row);
    }
    return Map.of(
        "cells", rows, "gradients", gradients(), "seconds-left", left().toMillis() / 1000.0);
  }
}
