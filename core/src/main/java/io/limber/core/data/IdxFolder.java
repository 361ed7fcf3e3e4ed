package io.limber.core.data;

import io.limber.core.data.DataSettings.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two pairs of IDX files, named as MNIST's authors named them, gzipped or not. The files say the
 * size of the images themselves.
 */
final class IdxFolder implements ImageFiles {

  private final DataSet set;
  private final Path directory;

  IdxFolder(DataSet set, Path directory) {
    this.set = set;
    this.directory = directory;
  }

  @Override
  public List<Path> present() {
    return Split.ALL.parts().stream()
        .flatMap(part -> Stream.of(images(part), labels(part)))
        .flatMap(name -> find(name).stream())
        .toList();
  }

  @Override
  public int count(Split split) {
    int images = 0;
    for (Split part : split.parts()) {
      try (IdxFile file = open(images(part), 3)) {
        images = Math.addExact(images, file.size(0));
      }
    }
    return images;
  }

  @Override
  public LabelledImages read(Split split) {
    List<IdxImages.Part> parts = split.parts().stream().map(this::part).toList();
    String source = set.title() + " " + split.words() + " images of " + directory;
    return IdxImages.load(source, DataSet.CLASSES, parts);
  }

  private IdxImages.Part part(Split part) {
    return new IdxImages.Part(axes -> open(images(part), axes), axes -> open(labels(part), axes));
  }

  private static String images(Split part) {
    return prefix(part) + "-images-idx3-ubyte";
  }

  private static String labels(Split part) {
    return prefix(part) + "-labels-idx1-ubyte";
  }

  private static String prefix(Split part) {
    return part == Split.TRAIN ? "train" : "t10k";
  }

  private IdxFile open(String name, int axes) {
    Path file =
        find(name)
            .orElseThrow(
                () ->
                    DataFileException.missing(
                        set, directory.resolve(name), ", nor is " + name + ".gz"));
    return IdxFile.open(file, axes);
  }

  /** The plain file where there are both: it reads faster. */
  private Optional<Path> find(String name) {
    return Stream.of(directory.resolve(name), directory.resolve(name + ".gz"))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
