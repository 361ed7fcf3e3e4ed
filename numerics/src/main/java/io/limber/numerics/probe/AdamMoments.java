package io.limber.numerics.probe;

import io.limber.core.agent.ParameterSnapshot;
import io.limber.core.metrics.Metric;
import io.limber.numerics.optimizer.OptimizerSettings;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * How large Adam's moments are, bias-corrected. Its slots are first moments [P], second moments
 * [P], β₁ᵗ and β₂ᵗ; the second moments hold ε̄ (1 − β₂ᵗ) besides, which is taken out here.
 */
final class AdamMoments {

  private static final int POWERS = 2;

  private final double innerEpsilon;
  private final FloatBuffer slots;
  private final int size;

  private AdamMoments(double innerEpsilon, FloatBuffer slots) {
    this.innerEpsilon = innerEpsilon;
    this.slots = slots;
    size = (slots.remaining() - POWERS) / 2;
  }

  /** Those of a state; empty if it is another rule's, or before its first step. */
  static Optional<AdamMoments> of(OptimizerSettings settings, ParameterSnapshot state) {
    boolean adam =
        switch (settings.kind()) {
          case ADAM, ADAMW -> true;
          case RMSPROP, SGD -> false;
        };
    if (!adam) {
      return Optional.empty();
    }
    AdamMoments moments = new AdamMoments(settings.adam().innerEpsilon(), state.values());
    return moments.correction(0) > 0 && moments.correction(1) > 0
        ? Optional.of(moments)
        : Optional.empty();
  }

  void addTo(Measurements all) {
    double first = 0;
    double second = 0;
    for (int i = 0; i < size; i++) {
      first += Math.pow(slots.get(i), 2);
      second += slots.get(size + i);
    }
    // rounding must not leave a sum of squares below zero
    double squares = Math.max(0, second / correction(1) - size * innerEpsilon);
    all.add(Metric.STATISTICS_FIRST_MOMENT, Math.sqrt(first) / correction(0));
    all.add(Metric.STATISTICS_SECOND_MOMENT, Math.sqrt(squares));
  }

  /** 1 − βᵗ of a moment. */
  private double correction(int moment) {
    return 1.0 - slots.get(2 * size + moment);
  }
}
