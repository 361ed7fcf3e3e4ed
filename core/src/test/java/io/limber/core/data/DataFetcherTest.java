package io.limber.core.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.limber.core.data.DataFetcher.Fetched;
import io.limber.core.data.DataFetcher.Progress;
import io.limber.core.data.DataSettings.Split;
import io.limber.core.data.FetchSettings.RemoteFile;
import io.limber.core.hash.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on the loopback interface; nothing leaves the machine. */
@Timeout(60) // a bound against hanging, not a measurement
class DataFetcherTest {

  private static final byte[] CONTENT = "the content of a data file".getBytes(UTF_8);

  @TempDir Path directory;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch testOver = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.start();
  }

  @AfterEach
  void stopServer() {
    testOver.countDown();
    server.stop(0);
    executor.shutdownNow();
  }

  private void serve(String name, Answer answer) {
    server.createContext(
        "/" + name,
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            answer.to(exchange);
          }
        });
  }

  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private static Answer content(byte[] content) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    };
  }

  /** Announces all of it, sends half and lets go. */
  private static void breakOff(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, CONTENT.length);
    exchange.getResponseBody().write(CONTENT, 0, CONTENT.length / 2);
    exchange.getResponseBody().flush();
    throw new IOException("lets the connection go");
  }

  /** Sends half and then nothing until the test is over. */
  private void fallSilent(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, CONTENT.length);
    exchange.getResponseBody().write(CONTENT, 0, CONTENT.length / 2);
    exchange.getResponseBody().flush();
    try {
      testOver.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static RemoteFile file(String name) {
    return new RemoteFile(name, CONTENT.length, sha256(CONTENT));
  }

  private static String sha256(byte[] content) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(content);
    return Sha256.hex(digest);
  }

  private FetchSettings settings(RemoteFile... files) {
    return settings(
        server.getAddress().getPort(), Duration.ofSeconds(30), List.of(files), directory);
  }

  private static FetchSettings settings(
      int port, Duration stallTimeout, List<RemoteFile> files, Path directory) {
    return new FetchSettings(
        directory,
        URI.create("http://127.0.0.1:" + port + "/"),
        files,
        Duration.ofSeconds(10),
        stallTimeout,
        3,
        Duration.ofMillis(1));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void assertFails(FetchSettings settings, String... parts) throws IOException {
    assertThatThrownBy(() -> new DataFetcher(settings).fetch(Progress.IGNORED))
        .isInstanceOf(FetchException.class)
        .hasMessageContainingAll(parts);
    assertThat(names()).isEmpty();
  }

  @Test
  void fetch_intoANewFolder_storesTheFilesAndTellsProgress() throws Exception {
    byte[] large = new byte[300_000]; // several pieces
    serve("a.gz", content(CONTENT));
    serve("b.gz", content(large));
    List<Long> done = new ArrayList<>();
    Path folder = directory.resolve("new/folder");
    FetchSettings settings =
        settings(
            server.getAddress().getPort(),
            Duration.ofSeconds(30),
            List.of(file("a.gz"), new RemoteFile("b.gz", large.length, sha256(large))),
            folder);

    Fetched fetched =
        new DataFetcher(settings)
            .fetch(
                (name, doneBytes, totalBytes) -> {
                  assertThat(totalBytes).isEqualTo(CONTENT.length + large.length);
                  done.add(doneBytes);
                });

    assertThat(fetched).isEqualTo(new Fetched(folder, List.of("a.gz", "b.gz"), List.of()));
    assertThat(folder.resolve("a.gz")).hasBinaryContent(CONTENT);
    assertThat(folder.resolve("b.gz")).hasBinaryContent(large);
    assertThat(done).isSorted().startsWith(0L).endsWith((long) CONTENT.length + large.length);
    assertThat(done).hasSizeGreaterThan(5);
  }

  @Test
  void fetch_cifarsArchive_leavesAFolderThatLoads() throws Exception {
    byte[] archive = getClass().getResourceAsStream(CifarArchive.NAME).readAllBytes();
    serve(CifarArchive.NAME, content(archive));

    new DataFetcher(settings(new RemoteFile(CifarArchive.NAME, archive.length, sha256(archive))))
        .fetch(Progress.IGNORED);

    LabelledImages images =
        DataSets.load(new DataSettings(DataSet.CIFAR10, Optional.of(directory), Split.ALL, 0));
    assertThat(images.size()).isEqualTo(6);
  }

  @Test
  void fetch_fileThatIsThereAndSound_isNotDownloadedAgain() throws Exception {
    serve("a.gz", content(CONTENT));
    Files.write(directory.resolve("a.gz"), CONTENT);

    Fetched fetched = new DataFetcher(settings(file("a.gz"))).fetch(Progress.IGNORED);

    assertThat(fetched.kept()).containsExactly("a.gz");
    assertThat(requests).hasValue(0);
  }

  @Test
  void fetch_fileThatIsThereButDamaged_isReplaced() throws Exception {
    serve("a.gz", content(CONTENT));
    byte[] damaged = CONTENT.clone();
    damaged[3] ^= 1;
    Files.write(directory.resolve("a.gz"), damaged);

    Fetched fetched = new DataFetcher(settings(file("a.gz"))).fetch(Progress.IGNORED);

    assertThat(fetched.downloaded()).containsExactly("a.gz");
    assertThat(directory.resolve("a.gz")).hasBinaryContent(CONTENT);
    assertThat(names()).containsExactly("a.gz");
  }

  @Test
  void fetch_otherContent_isRefusedWithBothChecksums() throws IOException {
    byte[] other = CONTENT.clone();
    other[0] ^= 1;
    serve("a.gz", content(other));

    assertFails(
        settings(file("a.gz")),
        directory.resolve("a.gz") + ": has SHA-256 " + sha256(other),
        "expected " + sha256(CONTENT));
    assertThat(requests).hasValue(1);
  }

  @Test
  void fetch_shorterContent_isRefusedAsTruncated() throws IOException {
    serve("a.gz", content(new byte[5]));

    assertFails(settings(file("a.gz")), "a.gz: is truncated, 5 of " + CONTENT.length + " bytes");
  }

  @Test
  void fetch_longerContent_isRefusedBeforeItFillsTheDisk() throws IOException {
    serve("a.gz", content(new byte[CONTENT.length + 1]));

    assertFails(
        settings(file("a.gz")), "a.gz: more than the expected " + CONTENT.length + " bytes");
  }

  @Test
  void fetch_notFound_isRefusedWithTheStatus() throws IOException {
    serve("a.gz", exchange -> exchange.sendResponseHeaders(404, -1));

    assertFails(settings(file("a.gz")), "/a.gz: the server answers HTTP 404", "base-url");
    assertThat(requests).hasValue(1);
  }

  @Test
  void fetch_connectionThatBreaksOffTwice_succeedsAtTheThirdTry() throws Exception {
    serve(
        "a.gz",
        exchange -> {
          if (requests.get() < 3) {
            breakOff(exchange);
          } else {
            content(CONTENT).to(exchange);
          }
        });

    new DataFetcher(settings(file("a.gz"))).fetch(Progress.IGNORED);

    assertThat(directory.resolve("a.gz")).hasBinaryContent(CONTENT);
    assertThat(requests).hasValue(3);
  }

  @Test
  void fetch_connectionThatAlwaysBreaksOff_failsAfterTheLastTry() throws IOException {
    serve("a.gz", DataFetcherTest::breakOff);

    assertFails(settings(file("a.gz")), "/a.gz: failed 3 times", "the connection broke off");
    assertThat(requests).hasValue(3);
  }

  @Test
  void fetch_serverThatFallsSilent_failsAfterTheStallTimeout() throws IOException {
    serve("a.gz", this::fallSilent);
    Duration stall = Duration.ofMillis(50);

    assertFails(
        settings(server.getAddress().getPort(), stall, List.of(file("a.gz")), directory),
        "failed 3 times",
        "no bytes for 50 ms");
  }

  @Test
  void fetch_nobodyListening_failsWithTheReason() throws IOException {
    int port = server.getAddress().getPort();
    server.stop(0);

    assertFails(
        settings(port, Duration.ofSeconds(30), List.of(file("a.gz")), directory),
        "failed 3 times",
        "ConnectException");
  }

  @Test
  void fetch_notEnoughRoom_isRefusedWithTheNumbers() throws IOException {
    serve("a.gz", content(CONTENT));

    assertFails(
        settings(new RemoteFile("a.gz", Long.MAX_VALUE, sha256(CONTENT))),
        "a.gz: cannot be written (it needs " + Long.MAX_VALUE + " bytes, ",
        "are free",
        "limber.fetch.directory");
  }

  @Test
  void fetch_folderThatIsAFile_isRefused() throws IOException {
    Path occupied = Files.write(directory.resolve("occupied"), CONTENT);
    FetchSettings settings =
        settings(
            server.getAddress().getPort(),
            Duration.ofSeconds(30),
            List.of(file("a.gz")),
            occupied.resolve("mnist"));

    assertThatThrownBy(() -> new DataFetcher(settings).fetch(Progress.IGNORED))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("cannot be made")
        .hasMessageContaining("set limber.fetch.directory");
  }

  @Test
  void fetch_interruptedInTheMiddle_leavesNothing() throws Exception {
    serve("a.gz", this::fallSilent);
    AtomicReference<Thread> fetching = new AtomicReference<>();
    CountDownLatch underWay = new CountDownLatch(1);
    Future<Fetched> fetch =
        executor.submit(
            () -> {
              fetching.set(Thread.currentThread());
              return new DataFetcher(settings(file("a.gz")))
                  .fetch(
                      (name, done, total) -> {
                        if (done > 0) {
                          underWay.countDown();
                        }
                      });
            });
    underWay.await();

    fetching.get().interrupt();

    assertThatThrownBy(() -> fetch.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(names()).isEmpty();
  }

  /** The interrupt must neither look like a failing disk nor be lost. */
  @Test
  void publish_interruptedThread_keepsTheWholeFileAndTheInterrupt() throws IOException {
    boolean interrupted;
    try (StagedDownload staged = StagedDownload.create(directory, file("a.gz"))) {
      Thread.currentThread().interrupt();
      staged.write(List.of(ByteBuffer.wrap(CONTENT)));
      staged.publish(URI.create("http://127.0.0.1/a.gz"));
    } finally {
      interrupted = Thread.interrupted();
    }

    assertThat(interrupted).isTrue();
    assertThat(names()).containsExactly("a.gz");
    assertThat(directory.resolve("a.gz")).hasBinaryContent(CONTENT);
  }
}
