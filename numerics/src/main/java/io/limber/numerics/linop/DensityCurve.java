package io.limber.numerics.linop;

/** A density on an even grid, for pictures and files. Immutable. */
public final class DensityCurve {

  private final double[] grid;
  private final double[] density;
  private final double width;

  DensityCurve(double[] grid, double[] density, double width) {
    this.grid = grid.clone();
    this.density = density.clone();
    this.width = width;
  }

  /** Number of grid points. */
  public int points() {
    return grid.length;
  }

  /** Eigenvalue at point i, ascending. */
  public double eigenvalue(int i) {
    return grid[i];
  }

  /** Density at point i, in 1 / the eigenvalues' unit. */
  public double density(int i) {
    return density[i];
  }

  /** Standard deviation of the Gaussian kernel, in the eigenvalues' unit. */
  public double width() {
    return width;
  }

  /** Integral over the grid by the trapezoid rule. */
  public double integral() {
    double sum = 0;
    for (int i = 1; i < grid.length; i++) {
      sum += (grid[i] - grid[i - 1]) * (density[i] + density[i - 1]) / 2;
    }
    return sum;
  }
}
