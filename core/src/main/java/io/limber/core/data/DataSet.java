package io.limber.core.data;

/** The data sets that Limber knows, written in kebab-case in config and on the command line. */
public enum DataSet {
  /**
   * Handwritten digits, 28 × 28 grey, 10 classes.
   *
   * @see "LeCun, Bottou, Bengio and Haffner (1998), Proceedings of the IEEE 86(11)"
   */
  MNIST
}
