package io.limber.core.data;

import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * The data sets that Limber knows, written in kebab-case in config and on the command line. Each
 * has a training and a test part and ten classes.
 */
public enum DataSet {
  /**
   * Handwritten digits, 28 × 28 grey; 60,000 and 10,000 images. The test images are embedded.
   *
   * @see "LeCun, Bottou, Bengio and Haffner (1998), Proceedings of the IEEE 86(11)"
   */
  MNIST("MNIST", IdxFolder::new),
  /**
   * Articles of clothing, in the form of MNIST.
   *
   * @see "Xiao, Rasul and Vollgraf (2017), arXiv:1708.07747"
   */
  FASHION_MNIST("Fashion-MNIST", IdxFolder::new),
  /**
   * Objects and animals, 32 × 32 red, green and blue; 50,000 and 10,000 images.
   *
   * @see "Krizhevsky (2009), Learning Multiple Layers of Features from Tiny Images"
   */
  CIFAR10("CIFAR-10", CifarImages::in);

  static final int CLASSES = 10;

  private final String title;
  private final BiFunction<DataSet, Path, ImageFiles> format;

  DataSet(String title, BiFunction<DataSet, Path, ImageFiles> format) {
    this.title = title;
    this.format = format;
  }

  /** As its authors write it. */
  public String title() {
    return title;
  }

  /** Whether some images are in the box, for use without a folder. */
  public boolean embedded() {
    return this == MNIST;
  }

  /** The official files of this data set in a folder, there or not; nothing is read yet. */
  public ImageFiles in(Path directory) {
    return format.apply(this, directory);
  }
}
