package io.limber.streams.alert;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.limber.core.metrics.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

  private static final SSLContext TLS = SSLContexts.createDefault();

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void send_ofSomeMessages_postsThemInOrder() {
    answer(200);
    try (Webhook webhook = webhook(true)) {
      webhook.send("{\"a\":1}");
      webhook.send("{\"a\":2}");
    }

    assertThat(received).containsExactly("{\"a\":1}", "{\"a\":2}");
  }

  @Test
  void send_whenTheReceiverFailsTwice_triesAThirdTime() throws InterruptedException {
    CountDownLatch thirdCall = new CountDownLatch(3);
    server.createContext(
        "/",
        exchange -> {
          reply(exchange, calls.incrementAndGet() < 3 ? 503 : 200);
          thirdCall.countDown();
        });
    try (Webhook webhook = webhook(true)) {
      webhook.send("{}");

      assertThat(thirdCall.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(dropped(webhook)).isZero();
    }
  }

  @Test
  void send_whenTheReceiverKeepsFailing_givesUpAfterTheAttempts() throws InterruptedException {
    CountDownLatch lastCall = new CountDownLatch(3);
    server.createContext(
        "/",
        exchange -> {
          reply(exchange, 503);
          calls.incrementAndGet();
          lastCall.countDown();
        });
    Webhook webhook = webhook(true);
    webhook.send("{}");
    assertThat(lastCall.await(20, TimeUnit.SECONDS)).isTrue();
    webhook.close();

    assertThat(calls).hasValue(3);
    assertThat(dropped(webhook)).isEqualTo(1);
  }

  @Test
  void send_whenTheReceiverRefuses_isNotTriedAgain() {
    answer(404);
    Webhook webhook = webhook(true);
    webhook.send("{}");
    webhook.close();

    assertThat(received).hasSize(1);
    assertThat(dropped(webhook)).isEqualTo(1);
  }

  /** A redirect could lead to an address that was never checked. */
  @Test
  void send_whenTheReceiverRedirects_doesNotFollow() {
    server.createContext("/secret", exchange -> reply(exchange, 200));
    server.createContext(
        "/hook",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/secret");
          reply(exchange, 307);
        });
    Webhook webhook = webhook(true);
    webhook.send("{}");
    webhook.close();

    assertThat(received).hasSize(1);
    assertThat(dropped(webhook)).isEqualTo(1);
  }

  @Test
  void send_toALoopbackAddress_isRefusedUnlessAllowed() {
    answer(200);
    Webhook webhook = webhook(false);
    webhook.send("{}");
    webhook.close();

    assertThat(received).isEmpty();
    assertThat(dropped(webhook)).isEqualTo(1);
  }

  /** One public address beside a private one does not help: either may be taken. */
  @Test
  void send_toANameWithOnePrivateAddress_isRefused() {
    answer(200);
    Webhook webhook =
        new Webhook(
            url(),
            settings(false),
            host -> new InetAddress[] {address("8.8.8.8"), address("10.0.0.1")},
            TLS);
    webhook.send("{}");
    webhook.close();

    assertThat(received).isEmpty();
    assertThat(dropped(webhook)).isEqualTo(1);
  }

  /** The name means nothing to this machine: only the address that was judged leads anywhere. */
  @Test
  void send_connectsToTheAddressThatWasJudged_andSaysTheName() {
    List<String> hosts = new CopyOnWriteArrayList<>();
    AtomicInteger lookUps = new AtomicInteger();
    server.createContext(
        "/",
        exchange -> {
          hosts.add(exchange.getRequestHeaders().getFirst("Host"));
          reply(exchange, 200);
        });
    int port = server.getAddress().getPort();
    Webhook webhook =
        new Webhook(
            URI.create("http://receiver.invalid:" + port + "/hook?a=b"),
            settings(true),
            host -> {
              lookUps.incrementAndGet();
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            },
            TLS);
    webhook.send("{}");
    webhook.close();

    assertThat(received).containsExactly("{}");
    assertThat(hosts).containsExactly("receiver.invalid:" + port);
    assertThat(lookUps).hasValue(1);
  }

  /** DNS rebinding: public when it is judged, the loopback address a moment later. */
  @Test
  void send_toANameThatChangesAfterTheCheck_neverReachesTheSecondAddress() {
    answer(200);
    AtomicInteger lookUps = new AtomicInteger();
    Webhook webhook =
        new Webhook(
            url("localhost"), // what any further look-up of the name would find
            new WebhookSettings(
                Optional.empty(), false, 1, Duration.ofMillis(300), Duration.ofMillis(5)),
            host ->
                new InetAddress[] {
                  address(lookUps.incrementAndGet() == 1 ? "203.0.113.1" : "127.0.0.1")
                },
            TLS);
    webhook.send("{}");
    webhook.close();

    assertThat(received).isEmpty();
    assertThat(lookUps).hasValue(1);
    assertThat(dropped(webhook)).isEqualTo(1);
  }

  @Test
  void send_whenTheFirstAddressTakesNoConnection_triesTheNext() {
    answer(200);
    Webhook webhook =
        new Webhook(
            url(),
            settings(true),
            host -> new InetAddress[] {address("127.0.0.2"), address("127.0.0.1")},
            TLS);
    webhook.send("{}");
    webhook.close();

    assertThat(received).containsExactly("{}");
  }

  @Test
  void send_toAReceiverThatDrips_endsAtTheLimit() throws IOException, InterruptedException {
    try (ServerSocket dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread drip = new Thread(() -> drip(dripping));
      drip.setDaemon(true);
      drip.start();
      Webhook webhook =
          new Webhook(
              URI.create("http://127.0.0.1:" + dripping.getLocalPort() + "/"),
              new WebhookSettings(
                  Optional.empty(), true, 1, Duration.ofMillis(500), Duration.ofMillis(5)),
              InetAddress::getAllByName,
              TLS);
      webhook.send("{}");
      webhook.close(); // waits for longer than the limit

      assertThat(dropped(webhook)).isEqualTo(1);
      drip.join(20_000);
      assertThat(drip.isAlive()).as("the connection is open still").isFalse();
    }
  }

  /** Sends interim answers, one after another, for as long as anybody listens. */
  private static void drip(ServerSocket dripping) {
    CountDownLatch never = new CountDownLatch(1);
    try (Socket socket = dripping.accept()) {
      while (!never.await(20, TimeUnit.MILLISECONDS)) {
        socket.getOutputStream().write("HTTP/1.1 102 Processing\r\n\r\n".getBytes(US_ASCII));
      }
    } catch (IOException e) {
      // the other side has had enough
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void send_overTls_asksForTheCertificateOfTheName(@TempDir Path folder) throws Exception {
    SSLContext context = selfSigned(folder.resolve("keys.p12"), "receiver.invalid");
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(context));
    secure.createContext("/", exchange -> reply(exchange, 200));
    secure.start();
    try {
      for (String host : List.of("receiver.invalid", "other.invalid")) {
        Webhook webhook =
            new Webhook(
                URI.create("https://" + host + ":" + secure.getAddress().getPort() + "/"),
                settings(true),
                name -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                context);
        webhook.send("{\"to\":\"" + host + "\"}");
        webhook.close();
      }
    } finally {
      secure.stop(0);
    }

    assertThat(received).containsExactly("{\"to\":\"receiver.invalid\"}");
  }

  /** Has a certificate for {@code host}, and trusts it. */
  private static SSLContext selfSigned(Path file, String host) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String command =
        "%s -genkeypair -alias it -keyalg EC -dname CN=%s -ext san=dns:%s -storetype PKCS12 -storepass changeit -keystore %s"
            .formatted(keytool, host, host, file);
    assertThat(new ProcessBuilder(command.split(" ")).inheritIO().start().waitFor()).isZero();
    char[] password = "changeit".toCharArray();
    KeyStore keys = KeyStore.getInstance(file.toFile(), password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("it", keys.getCertificate("it"));
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, password);
    TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
    others.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), others.getTrustManagers(), null);
    return context;
  }

  @Test
  void send_toAReceiverThatHangs_neverBlocksAndIsBounded() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    server.createContext(
        "/",
        exchange -> {
          hanging.countDown();
          await(end);
          reply(exchange, 200);
        });
    Webhook webhook = webhook(true);
    webhook.send("{}");
    assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < Webhook.CAPACITY + 5; i++) {
      webhook.send("{}");
    }

    assertThat(dropped(webhook)).isEqualTo(5);
    end.countDown();
    webhook.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254", // a cloud's metadata service
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::"
      })
  void addresses_ofSpecialPurpose_areNotPublic(String literal) throws UnknownHostException {
    assertThat(PublicAddresses.contains(address(literal))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111"})
  void addresses_ofTheInternet_arePublic(String literal) throws UnknownHostException {
    assertThat(PublicAddresses.contains(address(literal))).isTrue();
  }

  private static int dropped(Webhook webhook) {
    return webhook.counters().get(Metric.QUEUE_DROPPED).intValue();
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }

  private void answer(int status) {
    server.createContext("/", exchange -> reply(exchange, status));
  }

  private void reply(HttpExchange exchange, int status) throws IOException {
    received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the test never ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private URI url() {
    return url("127.0.0.1");
  }

  private URI url(String host) {
    return URI.create("http://" + host + ":" + server.getAddress().getPort() + "/hook");
  }

  private Webhook webhook(boolean allowPrivate) {
    return new Webhook(url(), settings(allowPrivate), InetAddress::getAllByName, TLS);
  }

  private static WebhookSettings settings(boolean allowPrivate) {
    return new WebhookSettings(
        Optional.empty(), allowPrivate, 3, Duration.ofSeconds(10), Duration.ofMillis(5));
  }
}
