package io.limber.app.dashboard;

import io.limber.streams.prometheus.PrometheusSink;
import java.util.Optional;

/**
 * What a run of this process has beside its history.
 *
 * @param controls what can be done to it, if {@code allow-control} is on
 * @param prometheus served at {@code /metrics}
 */
public record DashboardExtras(Optional<RunControls> controls, Optional<PrometheusSink> prometheus) {

  /** For runs of other processes. */
  public static DashboardExtras none() {
    return new DashboardExtras(Optional.empty(), Optional.empty());
  }
}
