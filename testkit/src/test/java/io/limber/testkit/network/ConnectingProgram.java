package io.limber.testkit.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Tries to connect, and says how that went. */
public final class ConnectingProgram {

  private static final int LIMIT_MILLIS = 1000;

  private ConnectingProgram() {}

  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[1]);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(arguments[0], port), LIMIT_MILLIS);
      System.out.println("connected");
    } catch (IOException e) {
      System.out.println("failed");
    }
  }
}
