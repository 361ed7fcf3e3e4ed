package io.limber.app.probe;

import io.limber.app.config.InvalidConfigException;
import io.limber.core.agent.AgentFactory;
import io.limber.core.probe.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * The probes of one command, all made before the first one measures.
 *
 * @param probes in the order of the names
 */
record OpenProbes(List<Probe> probes) implements AutoCloseable {

  /**
   * Makes them.
   *
   * @throws InvalidConfigException if there is no probe of a name; the message lists those there
   *     are
   */
  static OpenProbes of(AgentFactory agents, List<String> names) {
    OpenProbes open = new OpenProbes(new ArrayList<>());
    try {
      names.forEach(name -> open.probes.add(agents.createProbe(name)));
      return open;
    } catch (IllegalArgumentException e) {
      open.close();
      throw new InvalidConfigException(List.of("--measure: " + e.getMessage()));
    } catch (RuntimeException | Error e) {
      open.close();
      throw e;
    }
  }

  @Override
  public void close() {
    probes.forEach(Probe::close);
  }
}
