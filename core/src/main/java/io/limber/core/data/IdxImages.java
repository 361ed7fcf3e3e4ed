package io.limber.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Joins pairs of IDX files (images, labels) into one set of labelled images. */
final class IdxImages {

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8; // what a JVM can allocate

  private IdxImages() {}

  /**
   * One pair of files, opened for a number of axes.
   *
   * @param images opens the images
   * @param labels opens the labels
   */
  record Part(IntFunction<IdxFile> images, IntFunction<IdxFile> labels) {}

  /**
   * Reads all parts, one after the other, straight into one array.
   *
   * @param classes number of classes; labels must be below it
   * @throws DataFileException if a file is damaged or files do not fit together
   */
  static LabelledImages load(String source, int classes, List<Part> parts) {
    List<IdxFile> open = new ArrayList<>();
    try {
      List<IdxFile> images = new ArrayList<>();
      List<IdxFile> labels = new ArrayList<>();
      for (Part part : parts) {
        images.add(opened(open, part.images().apply(3)));
        labels.add(opened(open, part.labels().apply(1)));
      }
      checkFit(images, labels);
      byte[] allPixels = readAll(images);
      byte[] allLabels = readLabels(labels, classes);
      IdxFile first = images.get(0);
      return LabelledImages.owning(
          allLabels.length + " " + source,
          List.of(first.size(1), first.size(2), 1),
          classes,
          allPixels,
          allLabels);
    } finally {
      open.forEach(IdxFile::close);
    }
  }

  private static IdxFile opened(List<IdxFile> open, IdxFile file) {
    open.add(file);
    return file;
  }

  private static void checkFit(List<IdxFile> images, List<IdxFile> labels) {
    IdxFile first = images.get(0);
    for (int i = 0; i < images.size(); i++) {
      IdxFile file = images.get(i);
      if (file.size(0) != labels.get(i).size(0)) {
        throw DataFileException.corrupt(
            file.name(),
            "has "
                + file.size(0)
                + " images, but "
                + labels.get(i).name()
                + " has "
                + labels.get(i).size(0)
                + " labels");
      }
      if (file.size(1) != first.size(1) || file.size(2) != first.size(2)) {
        throw DataFileException.corrupt(
            file.name(),
            "has images of "
                + file.size(1)
                + " x "
                + file.size(2)
                + ", but "
                + first.name()
                + " of "
                + first.size(1)
                + " x "
                + first.size(2));
      }
    }
  }

  private static byte[] readLabels(List<IdxFile> files, int classes) {
    byte[] labels = readAll(files);
    int i = 0;
    for (IdxFile file : files) {
      for (int item = 0; item < file.size(0); item++, i++) {
        int label = Byte.toUnsignedInt(labels[i]);
        if (label >= classes) {
          throw DataFileException.corrupt(
              file.name(),
              "has label " + label + " at place " + item + ", outside [0, " + (classes - 1) + "]");
        }
      }
    }
    return labels;
  }

  private static byte[] readAll(List<IdxFile> files) {
    long bytes = files.stream().mapToLong(IdxFile::bodyBytes).reduce(0, Math::addExact);
    if (bytes > LARGEST_ARRAY) {
      throw DataFileException.corrupt(
          files.get(0).name(), "is one of files with " + bytes + " bytes, too many for one array");
    }
    byte[] all = new byte[(int) bytes];
    int offset = 0;
    for (IdxFile file : files) {
      file.readBody(all, offset);
      offset += (int) file.bodyBytes();
    }
    return all;
  }
}
