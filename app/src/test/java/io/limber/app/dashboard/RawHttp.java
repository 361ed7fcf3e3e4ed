package io.limber.app.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests as an attacker writes them, byte by byte: a proper client would refuse to. */
final class RawHttp {

  private static final int LIMIT_MILLIS = 20_000;

  private RawHttp() {}

  /** What came back until the server closed the connection. */
  static String send(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return readAll(socket.getInputStream());
    }
  }

  private static String readAll(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      in.transferTo(bytes);
    } catch (java.net.SocketException e) {
      // a server may cut off what it refuses to read to its end
      return bytes.toString(StandardCharsets.UTF_8);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Lines of a request, with an empty one behind them. */
  static String request(String first, String... headers) {
    return first + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }
}
