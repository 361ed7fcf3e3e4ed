package io.limber.numerics.probe;

import io.limber.core.agent.ParameterSnapshot;

/** The parameters along two directions from a snapshot. Not thread-safe. */
final class Plane {

  private final float[] centre;
  private final double[] random;
  private final double[] eigenvector;
  private final float[] point;

  /**
   * Keeps both directions without a copy.
   *
   * @param random [parameters]
   * @param eigenvector [parameters]
   */
  Plane(ParameterSnapshot snapshot, double[] random, double[] eigenvector) {
    centre = new float[snapshot.layout().size()];
    snapshot.values().get(centre);
    this.random = random;
    this.eigenvector = eigenvector;
    point = new float[centre.length];
  }

  /** Those so far along either direction; valid until the next call. */
  float[] at(double alongRandom, double alongEigenvector) {
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) (centre[i] + alongRandom * random[i] + alongEigenvector * eigenvector[i]);
    }
    return point;
  }
}
