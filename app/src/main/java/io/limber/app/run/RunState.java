package io.limber.app.run;

import io.limber.app.console.Sizes;
import io.limber.core.checkpoint.Checkpoint;
import io.limber.core.checkpoint.Manifest;
import io.limber.core.checkpoint.UnusableCheckpointException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run folder says of its run.
 *
 * @param folder where it is
 * @param finished all updates are done
 * @param writer who writes it now, for people; empty if nobody does
 * @param checkpoints newest first
 */
public record RunState(RunFolder folder, boolean finished, String writer, List<Found> checkpoints) {

  /**
   * A checkpoint.
   *
   * @param step learner updates
   * @param bytes of all its files, replay rows that it shares with others included; 0 if not whole
   * @param problem why it cannot be used; empty if every byte is as it was written
   */
  public record Found(long step, long bytes, String problem) {

    private static Found of(Checkpoint checkpoint) {
      try {
        Manifest manifest = checkpoint.verify();
        return new Found(checkpoint.step(), manifest.bytes(), "");
      } catch (UnusableCheckpointException e) {
        return new Found(checkpoint.step(), 0, e.getMessage());
      }
    }

    private String text() {
      return problem.isEmpty() ? "complete, " + Sizes.text(bytes) : problem;
    }

    private Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("step", step);
      map.put("complete", problem.isEmpty());
      if (problem.isEmpty()) {
        map.put("bytes", bytes);
      } else {
        map.put("problem", problem);
      }
      return map;
    }
  }

  /** Reads a folder, every byte of its checkpoints included. */
  public static RunState of(RunFolder folder) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Checkpoint checkpoint : folder.checkpoints().list()) {
      found.add(Found.of(checkpoint));
    }
    return new RunState(folder, folder.finished(), RunLock.holder(folder), List.copyOf(found));
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run-folder", folder.path().toString());
    map.put("finished", finished);
    map.put("writer", writer);
    map.put("checkpoints", checkpoints.stream().map(Found::toMap).toList());
    return map;
  }

  /** For people. */
  public Map<String, String> toRows() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("run", folder.path().toString());
    rows.put("finished", finished ? "yes" : "no");
    rows.put("written by", writer.isEmpty() ? "nobody" : writer);
    if (checkpoints.isEmpty()) {
      rows.put("checkpoints", "none");
    }
    for (Found found : checkpoints) {
      rows.put(String.format(Locale.ROOT, "step %,d", found.step()), found.text());
    }
    return rows;
  }
}
