package io.limber.testkit.network;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Moves the bytes of one connection in one direction, as its lane allows. Two threads. */
final class Pump {

  private static final int PIECE_BYTES = 4 << 10;

  /** Room for 4 MiB on the way, so that a delay costs no throughput that a test would notice. */
  private static final int PIECES_ON_THE_WAY = 1024;

  private record Piece(byte[] bytes, int count, long arrived) {}

  private final Socket from;
  private final Socket to;
  private final Lane lane;
  private final Runnable broken;
  private final BlockingQueue<Piece> onTheWay = new ArrayBlockingQueue<>(PIECES_ON_THE_WAY);
  private final Thread reader = daemon(this::read);
  private final Thread writer = daemon(this::write);

  /**
   * @param broken called when either end fails
   */
  Pump(Socket from, Socket to, Lane lane, Runnable broken) {
    this.from = from;
    this.to = to;
    this.lane = lane;
    this.broken = broken;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    reader.start();
    writer.start();
  }

  void stop() {
    reader.interrupt();
    writer.interrupt();
  }

  private void read() {
    try {
      int count;
      do {
        byte[] bytes = new byte[PIECE_BYTES];
        count = from.getInputStream().read(bytes);
        onTheWay.put(new Piece(bytes, count, System.nanoTime()));
      } while (count >= 0);
    } catch (IOException e) {
      broken.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the link was closed
    }
  }

  private void write() {
    try {
      for (Piece piece = onTheWay.take(); piece.count >= 0; piece = onTheWay.take()) {
        lane.pass(piece.count, piece.arrived);
        to.getOutputStream().write(piece.bytes, 0, piece.count);
      }
      lane.pass(0, System.nanoTime());
      to.shutdownOutput();
    } catch (IOException e) {
      broken.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the link was closed
    }
  }
}
