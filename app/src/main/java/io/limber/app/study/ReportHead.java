package io.limber.app.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a report is about.
 *
 * @param study which
 * @param scale of which size
 * @param seeds runs of each configuration, with seeds 1 to this
 * @param sets keys that a user set over the study's
 * @param plan what was to be run
 * @param finished cells that the report is made of
 * @param missing cells that are not finished
 * @param provenance program, configuration and machine
 */
public record ReportHead(
    Study study,
    Scale scale,
    int seeds,
    List<String> sets,
    StudyPlan plan,
    int finished,
    List<StudyCell> missing,
    Provenance provenance) {

  public ReportHead {
    sets = List.copyOf(sets);
    missing = List.copyOf(missing);
  }

  /** The choices of a cell on one line. */
  static String label(StudyCell cell) {
    return cell.choices().entrySet().stream()
        .map(choice -> choice.getKey() + "=" + choice.getValue())
        .collect(Collectors.joining(" "));
  }

  /** How much there is, in words. */
  public String completeness() {
    int all = finished + missing.size();
    return missing.isEmpty()
        ? "all " + all + " cells are finished"
        : "%d of %d cells are finished; %d are missing".formatted(finished, all, missing.size());
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("study", study.name());
    map.put("section", study.section());
    map.put("scale", scale.toString());
    map.put("seeds", seeds);
    map.put("set", sets);
    map.put("finished", finished);
    map.put("missing", missing.stream().map(ReportHead::label).toList());
    map.put("left-out", plan.leftOut());
    map.put(
        "chosen",
        plan.open().stream()
            .map(
                open ->
                    Map.of("what", open.what(), "chosen", open.chosen(), "reason", open.reason()))
            .toList());
    map.putAll(provenance.rows());
    return map;
  }
}
