package io.limber.app.dashboard;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.limber.app.json.Json;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.ProcessTree;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Chromium without a window, told what to do over its DevTools protocol. */
final class Browser implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Config>> answers = new ConcurrentHashMap<>();

  /** What went wrong in pages: exceptions, and errors at the console. */
  final List<String> errors = new CopyOnWriteArrayList<>();

  /** Every address that pages asked for. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private Browser(Process process, URI page) {
    this.process = process;
    socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page, new Listener()).join();
  }

  /** The program's path; empty where it is not installed. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> Stream.of("chromium", "google-chrome").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param profile an empty folder
   */
  static Browser start(Path profile) throws Exception {
    Process process =
        new ProcessBuilder(
                installed().orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox", // tests run as root in containers
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    Await.until("the browser listens", LIMIT, () -> Files.exists(port) && Files.size(port) > 0);
    String address = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json";
    Await.until("the browser has a page", LIMIT, () -> page(address).isPresent());
    Browser browser = new Browser(process, page(address).orElseThrow());
    for (String domain : List.of("Runtime", "Log", "Network", "Page")) {
      browser.call(domain + ".enable", Map.of());
    }
    return browser;
  }

  private static Optional<URI> page(String address) throws Exception {
    String json =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return parse("{\"targets\":" + json + "}").getConfigList("targets").stream()
        .filter(target -> target.getString("type").equals("page"))
        .map(target -> URI.create(target.getString("webSocketDebuggerUrl")))
        .findFirst();
  }

  private static Config parse(String json) {
    return ConfigFactory.parseString(
        json, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
  }

  void open(String address) {
    call("Page.navigate", Map.of("url", address));
  }

  /** Makes the screen as small as a phone's, 390 points wide. */
  void phone() {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 390, "height", 800, "deviceScaleFactor", 2, "mobile", true));
  }

  /** The value of an expression, which may be a promise, as text. */
  String evaluate(String expression) {
    Config answer =
        call(
            "Runtime.evaluate",
            Map.of(
                "expression", "String(" + expression + ")",
                "awaitPromise", true,
                "returnByValue", true));
    if (answer.hasPath("result.exceptionDetails")) {
      return "exception";
    }
    return answer.getString("result.result.value");
  }

  /** Waits until the expression is true in the page. */
  void await(String expression) throws Exception {
    Await.until(expression, LIMIT, () -> evaluate(expression).equals("true"));
  }

  private Config call(String method, Map<String, Object> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<Config> answer = new CompletableFuture<>();
    answers.put(id, answer);
    String text = Json.line(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(text, true).join();
    return answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void take(String text) {
    Config message = parse(text);
    if (message.hasPath("id")) {
      answers.remove(message.getInt("id")).complete(message);
      return;
    }
    switch (message.getString("method")) {
      case "Runtime.exceptionThrown" -> errors.add(text);
      case "Log.entryAdded" -> {
        if (message.getString("params.entry.level").equals("error")) {
          errors.add(text);
        }
      }
      case "Runtime.consoleAPICalled" -> {
        if (message.getString("params.type").equals("error")) {
          errors.add(text);
        }
      }
      case "Network.requestWillBeSent" -> requests.add(message.getString("params.request.url"));
      default -> {} // of no interest
    }
  }

  @Override
  public void close() {
    socket.abort();
    ProcessTree.kill(process); // its services write into the profile until they are gone
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        take(whole);
      }
      from.request(1);
      return null;
    }
  }
}
