package io.limber.numerics.statistics;

import java.nio.FloatBuffer;

/**
 * How active the units of one layer are over probed inputs. Immutable.
 *
 * <p>A unit is a column: a neuron of a dense layer, a channel of a convolution with its positions
 * among the rows.
 */
public final class UnitActivity {

  private final double[] means; // mean |h| per unit
  private final double layerMean;

  private UnitActivity(double[] means, double layerMean) {
    this.means = means;
    this.layerMean = layerMean;
  }

  /**
   * Measures.
   *
   * @param activations after the nonlinearity, {@code [inputs, units]}, row by row; only read
   * @param units columns, at least 1
   * @throws IllegalArgumentException if there are no rows or a row is cut short
   * @throws ArithmeticException if an activation is not finite; the message names input and unit
   */
  public static UnitActivity of(FloatBuffer activations, int units) {
    int rows = Shapes.rows(activations.remaining(), units);
    double[] sums = new double[units];
    int at = activations.position();
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < units; unit++) {
        float value = activations.get(at++);
        if (!Float.isFinite(value)) {
          throw new ArithmeticException(
              "activation of input " + row + ", unit " + unit + " is " + value);
        }
        sums[unit] += Math.abs(value);
      }
    }
    double layer = 0;
    for (int unit = 0; unit < units; unit++) {
      sums[unit] /= rows;
      layer += sums[unit];
    }
    return new UnitActivity(sums, layer / units);
  }

  /** Columns. */
  public int units() {
    return means.length;
  }

  /**
   * Units exactly zero on all probed inputs. Exact in float32: a sum of magnitudes is zero only if
   * each of them is.
   *
   * @see "Lyle et al. (2023), Understanding plasticity in neural networks, section 4, dead units"
   */
  public int dead() {
    int count = 0;
    for (double mean : means) {
      count += mean == 0 ? 1 : 0;
    }
    return count;
  }

  /**
   * {@code sᵢ = mean|hᵢ| / (1/H Σₖ mean|hₖ|)}, means over the inputs, H units; dimensionless, 1 on
   * average. In a layer that is all zero every score is 0.
   *
   * @see "Sokar et al. (2023), The dormant neuron phenomenon in deep RL, definition 3.1, eq 1"
   */
  public double score(int unit) {
    return layerMean == 0 ? 0 : means[unit] / layerMean;
  }

  /**
   * Units with score at most tau; with tau 0 they are the dead units.
   *
   * @param tau dimensionless, at least 0; the source's agents use 0.025
   * @throws IllegalArgumentException if tau is negative or NaN
   */
  public int dormant(double tau) {
    if (!(tau >= 0)) {
      throw new IllegalArgumentException("tau " + tau + " must not be negative");
    }
    int count = 0;
    for (int unit = 0; unit < means.length; unit++) {
      count += score(unit) <= tau ? 1 : 0;
    }
    return count;
  }
}
