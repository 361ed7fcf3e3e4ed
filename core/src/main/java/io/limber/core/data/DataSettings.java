package io.limber.core.data;

import io.limber.core.config.Section;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Section {@code limber.data}: which labelled images the environments show.
 *
 * @param name the data set
 * @param directory folder with the official files; empty for the embedded test images
 * @param split which part of the folder; not looked at without a folder
 * @param limit use the first so many images only; 0 for all
 */
public record DataSettings(DataSet name, Optional<Path> directory, Split split, int limit) {

  /** Part of a data set. */
  public enum Split {
    TRAIN,
    TEST,
    /** The training images, then the test images. */
    ALL
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
    int limit = data.integer("limit");
    data.require(limit >= 0, "limit", limit, "be a number of images, or 0 to use all");
    return new DataSettings(
        data.constant("name", DataSet.class),
        Optional.of(data.string("directory")).filter(text -> !text.isBlank()).map(Path::of),
        data.constant("split", Split.class),
        limit);
  }
}
