package io.limber.core.data;

import io.limber.core.config.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Section {@code limber.data}: which labelled images the environments show.
 *
 * @param name the data set
 * @param directory folder with the official files; empty for the embedded images, where there are
 *     any
 * @param split which part of the folder; not looked at without a folder
 * @param limit use the first so many images only; 0 for all
 */
public record DataSettings(DataSet name, Optional<Path> directory, Split split, int limit) {

  /** Part of a data set. */
  public enum Split {
    TRAIN("training"),
    TEST("test"),
    /** The training images, then the test images. */
    ALL("training and test");

    private final String words;

    Split(String words) {
      this.words = words;
    }

    /** For people, before the word images. */
    String words() {
      return words;
    }

    /** TRAIN or TEST or both, in the order in which their images come. */
    List<Split> parts() {
      return this == ALL ? List.of(TRAIN, TEST) : List.of(this);
    }
  }

  public DataSettings {
    Objects.requireNonNull(name);
    Objects.requireNonNull(directory);
    Objects.requireNonNull(split);
  }

  /**
   * Reads {@code limber.data}.
   *
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static DataSettings from(Section limber) {
    Section data = limber.section("data");
    DataSet name = data.constant("name", DataSet.class);
    Optional<Path> directory = data.file("directory");
    data.require(
        directory.isPresent() || name.embedded(),
        "directory",
        "\"\"",
        "name the folder of the "
            + name.title()
            + " files, which are not embedded; get them: limber data fetch "
            + Section.kebab(name)
            + ", or limber data import "
            + Section.kebab(name)
            + " PATH");
    int limit = data.integer("limit");
    data.require(limit >= 0, "limit", limit, "be a number of images, or 0 to use all");
    return new DataSettings(name, directory, data.constant("split", Split.class), limit);
  }
}
