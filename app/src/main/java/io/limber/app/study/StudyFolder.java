package io.limber.app.study;

import java.nio.file.Path;

/**
 * The files of one study at one scale: {@code studies/NAME/SCALE}.
 *
 * @param path absolute
 */
public record StudyFolder(Path path) {

  /**
   * @param root of all studies
   */
  public static StudyFolder of(Path root, Study study, Scale scale) {
    return new StudyFolder(
        root.toAbsolutePath().normalize().resolve(study.name()).resolve(scale.toString()));
  }

  /** Each cell has its run folder here, named after its key. */
  public Path cells() {
    return path.resolve("cells");
  }

  /** What was asked for last: seeds and keys that were set. */
  Path asked() {
    return path.resolve("asked.conf");
  }

  /** State of every cell, for scripts. */
  Path status() {
    return path.resolve("cells.json");
  }

  /** The newest report. */
  public Path report() {
    return path.resolve("report");
  }
}
