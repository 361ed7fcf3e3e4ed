package io.limber.testkit.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A network stack of its own for some processes, joined to this one by a cable that can be pulled.
 * Linux, root and {@code ip} are needed: ask {@link #whyNot} first.
 */
public final class NetworkNamespace implements AutoCloseable {

  private static final int LIMIT_SECONDS = 10;

  private final String name;
  private final String cable;
  private final int subnet;
  private final Set<Direction> lost = EnumSet.noneOf(Direction.class);

  private NetworkNamespace(String name, String cable, int subnet) {
    this.name = name;
    this.cable = cable;
    this.subnet = subnet;
  }

  /** Why this machine has none; empty where it has. */
  public static Optional<String> whyNot() {
    try {
      String probe = "limber-probe-" + ProcessHandle.current().pid();
      ip("netns", "add", probe);
      ip("netns", "delete", probe);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("no network namespaces here: " + e.getMessage());
    }
  }

  /**
   * @param number of this namespace in this process, 0 to 63; it makes names and addresses
   */
  public static NetworkNamespace create(int number) throws IOException {
    long pid = ProcessHandle.current().pid();
    String id = pid + "-" + number; // an interface's name has at most 15 characters
    int subnet = (int) (pid % 64) * 64 + number;
    NetworkNamespace made = new NetworkNamespace("limber-" + id, "lh" + id, subnet);
    ip("netns", "add", made.name);
    try {
      made.plugIn("le" + id);
    } catch (IOException e) {
      made.close();
      throw e;
    }
    return made;
  }

  private void plugIn(String inside) throws IOException {
    ip("link", "add", cable, "type", "veth", "peer", "name", inside, "netns", name);
    ip("address", "add", hostAddress() + "/30", "dev", cable);
    ip("link", "set", cable, "up");
    ip("-n", name, "address", "add", address() + "/30", "dev", inside);
    ip("-n", name, "link", "set", inside, "up");
    ip("-n", name, "link", "set", "lo", "up");
  }

  /** Of this side of the cable. */
  public String hostAddress() {
    return address(1);
  }

  /** Of the side within. */
  public String address() {
    return address(2);
  }

  /** Subnets of four addresses in 10.231.0.0/16. */
  private String address(int last) {
    int offset = subnet * 4 + last;
    return "10.231." + offset / 256 % 256 + "." + offset % 256;
  }

  /** The command that runs {@code command} within. */
  public List<String> within(List<String> command) {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
    whole.addAll(command);
    return List.copyOf(whole);
  }

  /** Pulls the cable: packets are lost both ways, connection attempts go unanswered. */
  public void unplug() throws IOException {
    ip("link", "set", cable, "down");
  }

  /** Puts the cable back. */
  public void plug() throws IOException {
    ip("link", "set", cable, "up");
  }

  /**
   * Loses the packets of one direction, or of both, until {@link #mend}. Unlike {@link #unplug} it
   * leaves this side's address reachable for processes of this side.
   *
   * @param direction to the namespace is {@link Direction#TO_TARGET}
   */
  public void lose(Direction direction) throws IOException {
    if (direction == Direction.TO_TARGET) {
      ip("route", "replace", "blackhole", address() + "/32");
    } else {
      ip("-n", name, "route", "replace", "blackhole", hostAddress() + "/32");
    }
    lost.add(direction);
  }

  /** Ends what {@link #lose} began. */
  public void mend() throws IOException {
    if (lost.remove(Direction.TO_TARGET)) {
      ip("route", "delete", "blackhole", address() + "/32");
    }
    if (lost.remove(Direction.TO_CLIENT)) {
      ip("-n", name, "route", "delete", "blackhole", hostAddress() + "/32");
    }
  }

  @Override
  public void close() throws IOException {
    mend(); // a route of this side outlives the namespace
    ip("netns", "delete", name); // its end of the cable goes with it, and so does the other
  }

  private static void ip(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in " + String.join(" ", command), e);
    }
  }
}
