package io.limber.app.batch;

import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.NodeSettings;
import io.limber.numerics.agent.NumericsSettings;
import io.limber.numerics.runtime.ComputeDevice;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The devices that the agents of this process compute on: each agent is placed on the one that has
 * the fewest. Thread-safe.
 */
public final class Devices {

  private static final String AUTO = "auto";
  private static final String CPU = "cpu";

  /** One of them. */
  private static final class Slot {
    private final String device;
    private int agents;

    private Slot(String device) {
      this.device = device;
    }
  }

  /**
   * An agent's place, until it is left.
   *
   * @param config the agent's, on its device
   * @param device which one it was placed on; empty if it names one itself
   */
  public record Place(EffectiveConfig config, String device, Runnable leaving)
      implements AutoCloseable {

    @Override
    public void close() {
      leaving.run();
    }
  }

  private final List<Slot> slots;
  private final boolean shared;

  /**
   * @param names of the devices, one for each agent that shall compute at a time
   * @param shared whether more agents fit on them, as far as cores and memory allow
   */
  private Devices(List<String> names, boolean shared) {
    slots = names.stream().map(Slot::new).toList();
    this.shared = shared;
  }

  /**
   * Those of {@code limber.cluster.devices}, or of the machine.
   *
   * @throws io.limber.core.config.InvalidSettingException if a setting cannot work
   */
  public static Devices of(EffectiveConfig config) {
    List<String> configured = NodeSettings.from(config.limber()).devices();
    if (!configured.isEmpty()) {
      return new Devices(configured, false);
    }
    NumericsSettings numerics = NumericsSettings.from(config.limber());
    String own = numerics.device();
    if (!own.equals(AUTO)) {
      return new Devices(List.of(own), own.equals(CPU));
    }
    int gpus = ComputeDevice.usableGpus(numerics.cpu());
    return gpus == 0
        ? new Devices(List.of(CPU), true)
        : new Devices(IntStream.range(0, gpus).mapToObj(i -> "gpu:" + i).toList(), false);
  }

  /**
   * Agents at a time.
   *
   * @param asked what a user wants; empty for one on each device, as far as memory goes
   */
  public int atOnce(OptionalInt asked, Room room) {
    return asked.orElseGet(
        () -> shared ? room.parallel() : Math.min(slots.size(), room.inMemory()));
  }

  /** Places an agent on the device with the fewest, unless it names one itself. */
  public Place place(EffectiveConfig agent) {
    if (!agent.limber().string("device").equals(AUTO)) {
      return new Place(agent, "", () -> {});
    }
    Slot slot = take();
    return new Place(agent.onDevice(slot.device), slot.device, () -> leave(slot));
  }

  private synchronized Slot take() {
    Slot fewest = slots.get(0);
    for (Slot slot : slots) {
      fewest = slot.agents < fewest.agents ? slot : fewest;
    }
    fewest.agents++;
    return fewest;
  }

  private synchronized void leave(Slot slot) {
    slot.agents--;
  }

  /** For people, for instance {@code gpu:0, gpu:1}. */
  public String text() {
    return slots.stream().map(slot -> slot.device).collect(Collectors.joining(", "));
  }
}
