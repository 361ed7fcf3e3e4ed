package io.limber.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackProxyTest {

  private static final int SOON_MILLIS = 20_000;

  /** What should not come has long come by then when the proxy is broken. */
  private static final int NOTHING_MILLIS = 200;

  private ServerSocket echo;
  private LoopbackProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread server = new Thread(this::serve, "echo");
    server.setDaemon(true);
    server.start();
    proxy = LoopbackProxy.to(echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  /** Gives back what comes, one connection at a time. */
  private void serve() {
    while (!echo.isClosed()) {
      try (Socket socket = echo.accept()) {
        socket.getInputStream().transferTo(socket.getOutputStream());
      } catch (IOException e) {
        continue; // closed or reset
      }
    }
  }

  @Test
  void bytes_thereAndBack_areTheSame() throws IOException {
    byte[] sent = new byte[100_000];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 31);
    }
    try (Socket client = connect()) {
      client.getOutputStream().write(sent);
      client.shutdownOutput();

      assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
    }
    assertThat(proxy.bytes(Direction.TO_TARGET)).isEqualTo(sent.length);
    assertThat(proxy.bytes(Direction.TO_CLIENT)).isEqualTo(sent.length);
  }

  @Test
  void blackhole_untilMended_holdsWhatIsSent() throws IOException {
    try (Socket client = connect()) {
      assertThat(echo(client, 1)).isEqualTo(1);

      proxy.blackhole(Direction.values());
      client.getOutputStream().write(2);
      assertNothingComes(client);
      assertThat(proxy.bytes(Direction.TO_TARGET)).isEqualTo(1);

      proxy.mend();
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void blackhole_oneWay_letsTheOtherWayThrough() throws IOException {
    try (Socket client = connect()) {
      proxy.blackhole(Direction.TO_CLIENT);
      client.getOutputStream().write(3);

      assertNothingComes(client);
      assertThat(proxy.bytes(Direction.TO_TARGET)).isEqualTo(1);
      assertThat(proxy.bytes(Direction.TO_CLIENT)).isZero();
    }
  }

  @Test
  void throttle_takesAsLongAsTheBytesNeed() throws IOException {
    proxy.throttle(64_000);
    byte[] sent = new byte[32_000];
    long start = System.nanoTime();
    try (Socket client = connect()) {
      client.getOutputStream().write(sent);
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).hasSameSizeAs(sent);
    }

    // 0.5 s at that rate; the first and the last piece of 4 KiB each wait for nobody after them
    assertThat(elapsed(start)).isGreaterThan(Duration.ofMillis(300));
  }

  @Test
  void delay_isFeltInBothDirections() throws IOException {
    proxy.delay(Duration.ofMillis(60));
    try (Socket client = connect()) {
      long start = System.nanoTime();
      assertThat(echo(client, 4)).isEqualTo(4);

      assertThat(elapsed(start)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }
  }

  @Test
  void loss_keepsAllBytesAndTheirOrderAndTakesTheTimeOfSendingAgain() throws IOException {
    proxy.lose(0.5, Duration.ofMillis(40), 1);
    byte[] sent = new byte[100_000];
    new Random(2).nextBytes(sent);
    long start = System.nanoTime();
    try (Socket client = connect()) {
      client.getOutputStream().write(sent);
      client.shutdownOutput();

      assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
    }
    assertThat(elapsed(start)).isGreaterThanOrEqualTo(Duration.ofMillis(40));
  }

  @Test
  void reset_breaksConnectionsAndWelcomesNewOnes() throws IOException {
    try (Socket client = connect()) {
      assertThat(echo(client, 5)).isEqualTo(5);

      proxy.reset();

      assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
    }
    try (Socket client = connect()) {
      assertThat(echo(client, 6)).isEqualTo(6);
    }
  }

  @Test
  void refuse_untilMended_resetsEveryConnection() throws IOException {
    proxy.refuse();
    assertThatThrownBy(
            () -> {
              try (Socket client = connect()) {
                echo(client, 7);
                client.getInputStream().read();
              }
            })
        .isInstanceOf(IOException.class);

    proxy.mend();
    try (Socket client = connect()) {
      assertThat(echo(client, 8)).isEqualTo(8);
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(SOON_MILLIS);
    return client;
  }

  private static int echo(Socket client, int value) throws IOException {
    client.getOutputStream().write(value);
    return client.getInputStream().read();
  }

  private static void assertNothingComes(Socket client) throws IOException {
    client.setSoTimeout(NOTHING_MILLIS);
    InputStream in = client.getInputStream();
    assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(SOON_MILLIS);
  }

  private static Duration elapsed(long start) {
    return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }
}
