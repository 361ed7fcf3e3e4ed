package io.limber.core.agent;

import java.util.Objects;
import java.util.Optional;

/**
 * All learned state of an agent as it was at one learner step. Immutable; may be shared by any
 * number of threads.
 *
 * @param online the online network's parameters
 * @param target the target network's parameters, of the online network's layout; empty where nobody
 *     kept them
 * @param optimizer the optimiser's slots, in their order; empty where nobody kept them, of no
 *     numbers where the rule has no slots
 */
public record AgentSnapshot(
    ParameterSnapshot online,
    Optional<ParameterSnapshot> target,
    Optional<ParameterSnapshot> optimizer) {

  public AgentSnapshot {
    Objects.requireNonNull(online);
    target.ifPresent(
        parameters -> {
          if (!parameters.layout().equals(online.layout())) {
            throw new IllegalArgumentException(
                "the target network is of "
                    + parameters.layout().architecture()
                    + ", the online network of "
                    + online.layout().architecture());
          }
        });
  }

  /** Of which nothing but the online network was kept. */
  public static AgentSnapshot of(ParameterSnapshot online) {
    return new AgentSnapshot(online, Optional.empty(), Optional.empty());
  }

  /** Learner updates done when this was the state. */
  public long step() {
    return online.step();
  }

  /** Of the online network. */
  public ParameterLayout layout() {
    return online.layout();
  }

  /**
   * What a TD loss bootstraps with: the target network, or the online network where the former was
   * not kept; the two are equal right after a synchronisation.
   */
  public ParameterSnapshot bootstrap() {
    return target.orElse(online);
  }
}
