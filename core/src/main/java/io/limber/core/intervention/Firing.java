package io.limber.core.intervention;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.util.Map;

/**
 * What one firing of an intervention did to one part of the network.
 *
 * @param intervention its name in the config
 * @param part a layer such as {@code dense-1}, or {@code optimizer}
 * @param step learner updates done
 * @param number how often it has fired so far, this time included
 * @param units hidden units that were treated; 0 where whole tensors were
 * @param parameters numbers that were written, of the online network or, where it alone was
 *     treated, of the optimiser's state
 */
public record Firing(
    String intervention, String part, long step, long number, int units, long parameters) {

  /** As metrics at the step of the firing. */
  public Report report() {
    return Report.of(
        intervention + "-" + part,
        step,
        Map.of(
            Metric.INTERVENTION_FIRINGS,
            (double) number,
            Metric.INTERVENTION_UNITS,
            (double) units,
            Metric.INTERVENTION_PARAMETERS,
            (double) parameters));
  }
}
