package io.limber.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limber.core.hash.Sha256;
import io.limber.core.replay.RowCopy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The checkpoints of one run. A checkpoint is staged under a name that nobody takes for one, its
 * files and folders are synced, it is renamed, and its marker comes last; so what has a marker is
 * whole, whenever process or machine stopped. Replay rows lie in {@code replay/}, in files that
 * never change and that several checkpoints share. Immutable.
 *
 * @param path the folder of all checkpoints; absolute
 */
public record CheckpointFolder(Path path) {

  private static final String STEP = "step-";
  private static final String STAGING = ".staging-";
  private static final String HANDOVER = "handover";

  /** All checkpoints, newest first, those that are not whole included. */
  public List<Checkpoint> list() throws IOException {
    List<Checkpoint> found = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, STEP + "*")) {
        for (Path entry : entries) {
          String digits = entry.getFileName().toString().substring(STEP.length());
          if (digits.matches("[0-9]{1,18}")) { // fits in a long
            found.add(new Checkpoint(entry, Long.parseLong(digits)));
          }
        }
      }
    }
    found.sort(Comparator.comparingLong(Checkpoint::step).reversed());
    return found;
  }

  /**
   * Takes the rows of a replay table on its way from one node to the next. It lies beside the
   * checkpoints: none of them names these rows, so {@link #rotate} would delete them.
   */
  public CheckpointFolder handover() {
    return new CheckpointFolder(path.resolveSibling(HANDOVER));
  }

  /** Deletes all that is in it. */
  public void delete() throws IOException {
    Durable.deleteTree(path);
  }

  /** The folder in which a checkpoint is put together; new and empty. */
  public Path stage(long step) throws IOException {
    Path staging = path.resolve(STAGING + name(step));
    Durable.deleteTree(staging);
    return Files.createDirectories(staging);
  }

  /** Gives up what was staged; what cannot be deleted is left for {@link #clean}. */
  public void discard(Path staging) throws IOException {
    Durable.deleteTree(staging);
  }

  /**
   * Writes rows into a new segment, synced.
   *
   * @throws IOException if it cannot be written in full; nothing of it stays
   */
  public Segment write(RowCopy rows) throws IOException {
    return new SegmentFiles(path).write(rows);
  }

  /**
   * Takes a segment of another folder too: under a second name of the same file, or, where the file
   * system knows no such thing, as a copy.
   *
   * @throws IOException if it is not there in full, or cannot be copied
   */
  public Segment adopt(Segment segment, CheckpointFolder from) throws IOException {
    return new SegmentFiles(path).adopt(segment, from.path());
  }

  /**
   * Makes a checkpoint of what was staged.
   *
   * @param manifest without {@link Manifest#files}, which are those in the staged folder
   * @return as it was written
   */
  public Manifest complete(Path staging, Manifest manifest) throws IOException {
    String name = name(manifest.step());
    List<CheckpointFile> files = new ArrayList<>();
    Set<Path> folders = new HashSet<>(Set.of(staging));
    for (Path file : Durable.files(staging)) {
      Durable.sync(file);
      folders.add(file.getParent());
      String relative = name + "/" + staging.relativize(file).toString().replace('\\', '/');
      files.add(new CheckpointFile(relative, Files.size(file), Sha256.of(file)));
    }
    Manifest whole =
        new Manifest(
            manifest.program(),
            manifest.architecture(),
            manifest.step(),
            manifest.inserted(),
            manifest.metricsBytes(),
            manifest.best(),
            files,
            manifest.segments());
    byte[] json = whole.toJson().getBytes(UTF_8);
    Durable.write(staging.resolve(Checkpoint.MANIFEST), json);
    for (Path folder : folders) {
      Durable.sync(folder);
    }
    Path target = path.resolve(name);
    remove(target); // of a timeline that the run has left, or torn
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    Durable.sync(path);
    Durable.write(target.resolve(Checkpoint.DONE), Sha256.of(json).getBytes(UTF_8));
    Durable.sync(target);
    return whole;
  }

  /**
   * Marks all checkpoints after {@code step} as superseded, newest first, because the run goes on
   * from there; the next {@link #rotate} deletes them.
   *
   * @return those that were not before
   */
  public List<Checkpoint> supersedeAfter(long step) throws IOException {
    List<Checkpoint> marked = new ArrayList<>();
    for (Checkpoint checkpoint : list()) {
      Path mark = checkpoint.path().resolve(Checkpoint.SUPERSEDED);
      if (checkpoint.step() > step && !Files.exists(mark)) {
        Durable.write(mark, new byte[0]);
        Durable.sync(checkpoint.path());
        marked.add(checkpoint);
      }
    }
    return marked;
  }

  /** Takes back what {@link #supersedeAfter} did to a checkpoint. */
  public void reinstate(Checkpoint checkpoint) throws IOException {
    if (Files.deleteIfExists(checkpoint.path().resolve(Checkpoint.SUPERSEDED))) {
      Durable.sync(checkpoint.path());
    }
  }

  /**
   * Deletes what an interrupted process left: staged folders, rows that no one needs, and those of
   * a table that nobody took over.
   */
  public void clean() throws IOException {
    handover().delete();
    if (!Files.isDirectory(path)) {
      return;
    }
    try (DirectoryStream<Path> staged = Files.newDirectoryStream(path, STAGING + "*")) {
      for (Path folder : staged) {
        Durable.deleteTree(folder);
      }
    }
    new SegmentFiles(path).deleteExcept(needed(list()));
  }

  /** Deletes checkpoints that need not stay or are not whole, and rows that no one needs then. */
  public void rotate(Retention retention) throws IOException {
    List<Checkpoint> all = list();
    Map<Checkpoint, Manifest> whole = new LinkedHashMap<>();
    for (Checkpoint checkpoint : all) {
      try {
        whole.put(checkpoint, checkpoint.manifest());
      } catch (UnusableCheckpointException notWhole) {
        continue; // deleted below
      }
    }
    Set<Checkpoint> kept = new HashSet<>();
    whole.keySet().stream().limit(retention.newest()).forEach(kept::add);
    whole.entrySet().stream()
        .filter(entry -> entry.getValue().best().isPresent())
        .sorted(
            Comparator.comparingDouble(
                entry -> -entry.getValue().best().getAsDouble())) // stable: the newer of equals
        .limit(retention.best())
        .forEach(entry -> kept.add(entry.getKey()));
    for (Checkpoint checkpoint : all) {
      if (!kept.contains(checkpoint)) {
        remove(checkpoint.path());
      }
    }
    new SegmentFiles(path).deleteExcept(needed(List.copyOf(kept)));
  }

  /** The marker goes first, so that half a checkpoint is never taken for a whole one. */
  private static void remove(Path checkpoint) throws IOException {
    if (Files.deleteIfExists(checkpoint.resolve(Checkpoint.DONE))) {
      Durable.sync(checkpoint);
    }
    Durable.deleteTree(checkpoint);
  }

  /** Files of rows that any of them names, as far as their manifests can be read. */
  private static Set<String> needed(List<Checkpoint> checkpoints) {
    Set<String> needed = new HashSet<>();
    for (Checkpoint checkpoint : checkpoints) {
      try {
        checkpoint.written().segments().forEach(segment -> needed.add(segment.file().path()));
      } catch (UnusableCheckpointException notWhole) {
        continue; // nobody will read its rows
      }
    }
    return needed;
  }

  private static String name(long step) {
    return STEP + "%09d".formatted(step);
  }
}
