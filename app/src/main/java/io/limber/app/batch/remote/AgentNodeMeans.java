package io.limber.app.batch.remote;

import io.limber.app.batch.CellRunner;
import io.limber.app.batch.Devices;
import io.limber.app.batch.Room;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What an agent node works with.
 *
 * @param runner runs the agents
 * @param opener makes their configurations
 * @param version of this program; sweeps of another one are refused
 * @param devices that agents are placed on
 * @param atOnce agents at a time; empty for as many as devices, cores and memory allow
 * @param told takes a line for people about each change
 */
public record AgentNodeMeans(
    CellRunner runner,
    CellOpener opener,
    String version,
    Devices devices,
    OptionalInt atOnce,
    Consumer<String> told) {

  int room(long agentBytes) {
    return devices.atOnce(atOnce, Room.here(agentBytes));
  }
}
