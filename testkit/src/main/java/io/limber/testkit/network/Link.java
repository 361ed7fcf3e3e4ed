package io.limber.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;

/** One connection through a proxy. */
final class Link {

  private final Socket client;
  private final Socket target;
  private final List<Pump> pumps;

  Link(Socket client, Socket target, Lane toTarget, Lane toClient) {
    this.client = client;
    this.target = target;
    pumps =
        List.of(
            new Pump(client, target, toTarget, this::reset),
            new Pump(target, client, toClient, this::reset));
  }

  /** Begins to pass on; whoever may want to reset it knows it by now. */
  void start() {
    pumps.forEach(Pump::start);
  }

  boolean isOpen() {
    return !client.isClosed();
  }

  /** Both ends see "connection reset", not an orderly end. */
  synchronized void reset() {
    pumps.forEach(Pump::stop);
    reset(client);
    reset(target);
  }

  /** Closes without an orderly end. */
  static void reset(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
