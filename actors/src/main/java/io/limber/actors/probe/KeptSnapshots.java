package io.limber.actors.probe;

import io.limber.protos.SnapshotFolder;
import io.limber.protos.TransitionsCodec;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The measured snapshots of a run that stay on disk, each with the transitions that it was measured
 * with, so that a later measurement gives the same numbers. Thread-safe: the probe actors of a run
 * share it.
 *
 * <p>Bound: the newest snapshots of each probe, up to the given number; an older one goes when no
 * probe needs it any more.
 */
public final class KeptSnapshots {

  private static final Logger log = LoggerFactory.getLogger(KeptSnapshots.class);

  private final Path snapshots;
  private final int perProbe;
  private final Map<String, NavigableSet<Long>> kept = new HashMap<>();

  /**
   * @param snapshots folder of all snapshots of the run; made when it is needed
   * @param perProbe how many stay for each probe; 0 keeps none
   */
  KeptSnapshots(Path snapshots, int perProbe) {
    this.snapshots = snapshots;
    this.perProbe = perProbe;
  }

  /** Keeps nothing. */
  public static KeptSnapshots none() {
    return new KeptSnapshots(Path.of("snapshots"), 0);
  }

  /**
   * Writes what was measured, each file as a whole or not at all. A full disk costs the files and a
   * warning, never the measurement, so nothing is thrown. Blocks for the disk.
   */
  public synchronized void keep(ProbeTask task) {
    long step = task.snapshot().step();
    NavigableSet<Long> steps = kept.computeIfAbsent(task.probe(), probe -> new TreeSet<>());
    if (perProbe == 0 || (steps.size() == perProbe && step < steps.first())) {
      return; // among several probe actors an older measurement may be ready after a newer one
    }
    steps.add(step); // before writing, so that what a failure leaves is removed in its turn
    try {
      write(task, SnapshotFolder.of(snapshots, step));
      while (steps.size() > perProbe) {
        drop(task.probe(), steps.pollFirst());
      }
    } catch (IOException e) {
      log.warn("the snapshot of {} at step {} is not kept: {}", task.probe(), step, e.toString());
    }
  }

  private static void write(ProbeTask task, SnapshotFolder folder) throws IOException {
    if (!Files.exists(folder.parameters())) { // another probe of this step may have written them
      folder.save(task.snapshot());
    }
    TransitionsCodec.save(task.transitions(), folder.transitions(task.probe()));
  }

  private void drop(String probe, long step) throws IOException {
    SnapshotFolder folder = SnapshotFolder.of(snapshots, step);
    Files.deleteIfExists(folder.transitions(probe));
    if (kept.values().stream().noneMatch(steps -> steps.contains(step))) {
      folder.deleteAgent();
      try {
        Files.deleteIfExists(folder.path());
      } catch (DirectoryNotEmptyException e) {
        log.debug("{} holds files of others and stays", folder.path());
      }
    }
  }
}
