package io.limber.benchmarks.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pages that watch a dashboard, as a process of their own: some that read, and one that never does.
 * The process tells at its end how many updates the pages got.
 */
final class Pages implements AutoCloseable {

  private final Process process;

  private Pages(Process process) {
    this.process = process;
  }

  static Pages open(String address, int readers) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Pages.class.getName(),
                address,
                Integer.toString(readers))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Pages(process);
  }

  /** Ends the pages; how many updates they got all together. */
  long updates() throws IOException {
    process.getOutputStream().close();
    InputStream out = process.getInputStream();
    return Long.parseLong(new String(out.readAllBytes(), StandardCharsets.UTF_8).strip());
  }

  @Override
  public void close() {
    process.destroy();
  }

  /**
   * Watches until its input ends.
   *
   * @param arguments address of the dashboard, readers
   */
  public static void main(String[] arguments) throws IOException {
    URI address = URI.create(arguments[0]);
    AtomicLong updates = new AtomicLong();
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      Socket socket = ask(address);
      sockets.add(socket);
      Thread reader = new Thread(() -> read(socket, updates), "page-" + i);
      reader.setDaemon(true);
      reader.start();
    }
    sockets.add(ask(address)); // and never reads
    System.in.transferTo(OutputStream.nullOutputStream());
    System.out.println(updates);
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static Socket ask(URI address) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8192);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    String request =
        "GET /api/stream?run=run HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static void read(Socket socket, AtomicLong updates) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          updates.incrementAndGet();
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) { // which is how the end comes
        throw new UncheckedIOException(e);
      }
    }
  }
}
