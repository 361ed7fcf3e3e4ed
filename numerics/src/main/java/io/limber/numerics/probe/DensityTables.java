package io.limber.numerics.probe;

import io.limber.core.probe.Table;
import io.limber.numerics.linop.DensityCurve;
import io.limber.numerics.linop.Quadrature;
import io.limber.numerics.linop.SpectralDensity;
import java.util.ArrayList;
import java.util.List;

/** A spectral density as tables: the curve, its kernel, and the nodes that it was smoothed from. */
final class DensityTables {

  /** Grid points per kernel width. */
  private static final double RESOLUTION = 2;

  private DensityTables() {}

  /**
   * The kernel's standard deviation, in the eigenvalues' unit.
   *
   * @param relativeWidth the same over the range of the spectrum
   */
  static double width(SpectralDensity density, double relativeWidth) {
    return density.defaultWidth() * relativeWidth / SpectralDensity.RELATIVE_WIDTH;
  }

  /** All three, of a kernel of that {@link #width}. */
  static List<Table> of(SpectralDensity density, double width) {
    double extent = density.largestNode() - density.smallestNode() + 12 * width;
    int points = (int) Math.ceil(RESOLUTION * extent / width) + 2;
    DensityCurve curve = density.curve(width, points);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < curve.points(); i++) {
      rows.add(new double[] {curve.eigenvalue(i), curve.density(i)});
    }
    Table kernel =
        Table.ofRow("kernel", List.of("width", "draws"), curve.width(), density.draws().size());
    return List.of(
        new Table("density", List.of("eigenvalue", "density"), rows), kernel, quadrature(density));
  }

  private static Table quadrature(SpectralDensity density) {
    List<double[]> rows = new ArrayList<>();
    for (int draw = 0; draw < density.draws().size(); draw++) {
      Quadrature quadrature = density.draws().get(draw);
      for (int i = 0; i < quadrature.order(); i++) {
        rows.add(new double[] {draw, quadrature.node(i), quadrature.weight(i)});
      }
    }
    return new Table("quadrature", List.of("draw", "node", "weight"), rows);
  }
}
