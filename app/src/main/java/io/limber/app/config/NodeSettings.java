package io.limber.app.config;

import io.limber.core.config.Section;
import java.time.Duration;
import java.util.List;

/**
 * The part of the section {@code limber.cluster} that says what a process offers.
 *
 * @param probesAtOnce measurements at a time of a probe node
 * @param devices that agents are placed on, one each; empty to look at the machine
 * @param handoverLimit how long a replay node that is stopped waits for its tables to be handed
 *     over
 */
public record NodeSettings(int probesAtOnce, List<String> devices, Duration handoverLimit) {

  private static final String POOL = "native-dispatcher.thread-pool-executor.fixed-pool-size";

  public NodeSettings {
    devices = List.copyOf(devices);
  }

  /**
   * Reads them.
   *
   * @param limber the section {@code limber}
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static NodeSettings from(Section limber) {
    Section cluster = limber.section("cluster");
    int probes = cluster.integer("probes-at-once");
    int threads =
        limber
            .section("native-dispatcher")
            .section("thread-pool-executor")
            .integer("fixed-pool-size");
    cluster.require(
        probes >= 1 && probes < threads,
        "probes-at-once",
        probes,
        "be at least 1 and less than limber." + POOL + " = " + threads + ", whose threads measure");
    List<String> devices = cluster.strings("devices");
    for (String device : devices) {
      cluster.require(
          device.matches("cpu|gpu:\\d{1,3}"),
          "devices",
          device,
          "name devices, for instance [\"gpu:0\", \"gpu:1\"] or [cpu, cpu]");
    }
    return new NodeSettings(probes, devices, cluster.positiveDuration("handover-limit"));
  }
}
