package io.limber.testkit.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A TCP link between a port of its own and another port on loopback that can be made bad while it
 * is used: it swallows, throttles, delays, resets.
 *
 * <p>Order is kept and nothing is lost while a connection lives, as TCP promises: bytes in a black
 * hole come out when it is mended, the way a network's retransmissions do. What no proxy can show
 * is an unanswered connection attempt; here it is accepted, and nothing comes back.
 */
public final class LoopbackProxy implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final Map<Direction, Lane> lanes = new EnumMap<>(Direction.class);
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private volatile boolean refusing;

  private LoopbackProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
    for (Direction direction : Direction.values()) {
      lanes.put(direction, new Lane());
    }
    Thread acceptor = new Thread(this::accept, "proxy to " + target);
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** A link to a port on loopback; nobody need listen there yet. */
  public static LoopbackProxy to(int port) throws IOException {
    return new LoopbackProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
  }

  /** A port that nobody listens on now, for a program that must be told its port. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where to connect to. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        continue; // closed, or the client is gone already
      }
    }
  }

  private void connect(Socket client) {
    try {
      if (refusing) {
        Link.reset(client);
        return;
      }
      Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      links.removeIf(link -> !link.isOpen());
      Link link = new Link(client, to, lane(Direction.TO_TARGET), lane(Direction.TO_CLIENT));
      links.add(link);
      link.start();
    } catch (IOException e) {
      Link.reset(client); // as if nobody listened
    }
  }

  private Lane lane(Direction direction) {
    return lanes.get(direction);
  }

  /** Nothing passes in these directions until {@link #mend}. */
  public void blackhole(Direction... directions) {
    for (Direction direction : directions) {
      lane(direction).blackhole(true);
    }
  }

  /** All connections together get so many bytes per second in each direction. */
  public void throttle(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "bytesPerSecond = " + bytesPerSecond + " must be at least 1; else use blackhole");
    }
    lanes.values().forEach(lane -> lane.throttle(bytesPerSecond));
  }

  /** What arrives from now on takes so long, in each direction. */
  public void delay(Duration oneWay) {
    lanes.values().forEach(lane -> lane.delay(oneWay.toNanos()));
  }

  /**
   * Loses pieces of 4 KiB at random, in each direction. A user of TCP sees no loss but its price:
   * the piece comes when it is sent again, and all that follows it waits.
   *
   * @param fraction of the pieces, in [0, 1)
   * @param again time until a lost piece is sent again
   * @param seed of the dice
   */
  public void lose(double fraction, Duration again, long seed) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException("fraction = " + fraction + " must be in [0, 1)");
    }
    lanes.values().forEach(lane -> lane.lose(fraction, again.toNanos(), seed));
  }

  /** Resets all connections; new ones are welcome. */
  public void reset() {
    links.forEach(Link::reset);
    links.clear();
  }

  /** Resets all connections and every new one until {@link #mend}. */
  public void refuse() {
    refusing = true;
    reset();
  }

  /** A good network again. */
  public void mend() {
    refusing = false;
    for (Lane lane : lanes.values()) {
      lane.blackhole(false);
      lane.throttle(Long.MAX_VALUE);
      lane.delay(0);
      lane.lose(0, 0, 0);
    }
  }

  /** Bytes that have come through so far. */
  public long bytes(Direction direction) {
    return lane(direction).bytes();
  }

  @Override
  public void close() throws IOException {
    server.close();
    reset();
  }
}
