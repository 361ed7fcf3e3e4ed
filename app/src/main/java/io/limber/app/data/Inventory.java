package io.limber.app.data;

import io.limber.core.data.DataFileException;
import io.limber.core.data.DataSet;
import io.limber.core.data.DataSets;
import io.limber.core.data.DataSettings;
import io.limber.core.data.DataSettings.Split;
import io.limber.core.data.ImageFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What there is of each data set, by headers and sizes of the files; pixels are not looked at. */
public final class Inventory {

  private Inventory() {}

  /**
   * One place where a data set is or could be.
   *
   * @param set the data set
   * @param directory the place; empty for the embedded images
   * @param files what is there of it
   * @param train number of training images
   * @param test number of test images
   * @param problem why it cannot be used, if so; the numbers are 0 then
   */
  public record Holding(
      DataSet set,
      Optional<Path> directory,
      List<Path> files,
      int train,
      int test,
      Optional<String> problem) {
    public Holding {
      files = List.copyOf(files);
    }
  }

  /**
   * Looks.
   *
   * @param directories the folder of each data set
   */
  public static List<Holding> of(Function<DataSet, Path> directories) {
    List<Holding> holdings = new ArrayList<>();
    for (DataSet set : DataSet.values()) {
      if (set.embedded()) {
        var embedded = new DataSettings(set, Optional.empty(), Split.TEST, 0);
        int test = DataSets.load(embedded).size();
        holdings.add(new Holding(set, Optional.empty(), List.of(), 0, test, Optional.empty()));
      }
      holdings.add(inFolder(set, directories.apply(set)));
    }
    return holdings;
  }

  private static Holding inFolder(DataSet set, Path directory) {
    ImageFiles images = set.in(directory);
    List<Path> files = images.present();
    Optional<Path> place = Optional.of(directory);
    if (files.isEmpty()) {
      return new Holding(set, place, files, 0, 0, Optional.of("not there"));
    }
    try {
      int train = images.count(Split.TRAIN);
      return new Holding(set, place, files, train, images.count(Split.TEST), Optional.empty());
    } catch (DataFileException e) {
      return new Holding(set, place, files, 0, 0, Optional.of(e.getMessage()));
    }
  }
}
