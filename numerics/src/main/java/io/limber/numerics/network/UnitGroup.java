package io.limber.numerics.network;

import io.limber.numerics.network.Network.Stage;
import java.util.List;

/**
 * The hidden units of one nonlinearity: where they come from and who reads them. Unit u is column u
 * of the producer's kernel (its last axis) and entry u of its bias, if it has one.
 *
 * @param place of the nonlinearity's output; what is at place r of its last axis is of unit r mod
 *     units, so a crelu has two of each
 * @param producer whose kernel makes the units
 * @param norms stages with parameters per unit between the producer and the consumers
 * @param units how many
 * @param consumers whose kernels read them, at least one
 */
public record UnitGroup(
    int place, Stage producer, List<Stage> norms, int units, List<Consumer> consumers) {

  public UnitGroup {
    norms = List.copyOf(norms);
    consumers = List.copyOf(consumers);
  }

  /**
   * One kernel that reads the units: dense [rows, out], or of a convolution [height, width, rows,
   * out]. A convolution's channel behind a flatten feeds a row per pixel.
   *
   * @param stage whose kernel it is
   * @param rows size of the kernel's last axis but one, a multiple of {@code units}
   * @param units of the group
   */
  public record Consumer(Stage stage, int rows, int units) {

    /** The unit that a row reads. */
    public int unitOf(int row) {
      return row % units;
    }

    /** Rows that read one unit. */
    public int rowsPerUnit() {
      return rows / units;
    }
  }
}
