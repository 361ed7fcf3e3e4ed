package io.limber.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One attack each; every requirement on the server's security is here as what breaks it. */
class DashboardAttacksTest {

  /** In files that no answer may hold, and in nothing else: a date may hold any short number. */
  private static final String KEPT = "31415.926";

  private static final String PAUSE = "/api/runs/run/control/pause";

  @TempDir private Path folder;
  private DashboardFixture dashboard;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("run/probes"));
    Files.writeString(folder.resolve("secret.json"), table("secret"));
    dashboard = new DashboardFixture(folder.resolve("run"), "allow-control = true");
  }

  @AfterEach
  void close() {
    dashboard.close();
  }

  private static String table(String probe) {
    return "{\"probe\":\"%s\",\"step\":5,\"tables\":{\"t\":{\"columns\":[\"x\"],\"rows\":[[%s]]}}}"
        .formatted(probe, KEPT);
  }

  private static void assertStatus(String answer, int... allowed) {
    Matcher status = Pattern.compile("HTTP/1\\.1 (\\d+).*", Pattern.DOTALL).matcher(answer);
    assertThat(status.matches()).as(answer).isTrue();
    assertThat(allowed).as(answer).contains(Integer.parseInt(status.group(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: evil.example:PORT",
        "Host: 127.0.0.1",
        "Host: 127.0.0.1:1",
        "Host: localhost.evil.example:PORT",
        "Host: 127.0.0.1.nip.io:PORT",
        "Host: 0.0.0.0:PORT"
      })
  void host_thatIsNotOurs_getsNothing(String host) throws IOException {
    String named = host.replace("PORT", Integer.toString(dashboard.port));

    assertStatus(RawHttp.send(dashboard.port, RawHttp.request("GET /api/runs", named)), 400, 421);
  }

  @Test
  void host_thatIsOurs_isServedByEachOfItsNames() throws IOException {
    for (String name : new String[] {"127.0.0.1", "localhost", "LOCALHOST", "[::1]"}) {
      String host = "Host: " + name + ":" + dashboard.port;
      assertStatus(RawHttp.send(dashboard.port, RawHttp.request("GET /api/runs", host)), 200);
    }
  }

  @Test
  void host_givenTwiceOrInTheAddress_getsNothing() throws IOException {
    assertStatus(dashboard.get("/api/runs", "Host: evil.example"), 400, 421);
    assertStatus(dashboard.get("http://evil.example/api/runs"), 400, 421);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "CONNECT"})
  void method_thatIsNotOnTheList_doesNothing(String method) throws IOException {
    String request =
        RawHttp.request(
            method + " " + PAUSE, dashboard.host, dashboard.bearer(), dashboard.origin());

    assertStatus(RawHttp.send(dashboard.port, request), 400, 405, 501);
    assertThat(dashboard.told).isEmpty();
  }

  @Test
  void control_byGet_doesNothing() throws IOException {
    assertStatus(dashboard.get(PAUSE, dashboard.bearer()), 404);
    assertThat(dashboard.told).isEmpty();
  }

  @Test
  void control_withoutOrWithAWrongToken_isRefused() throws IOException {
    String token = dashboard.server.token().orElseThrow();
    assertStatus(dashboard.post(PAUSE, "", dashboard.origin()), 401);
    for (String wrong :
        new String[] {"", token.substring(1), token + "x", token.toLowerCase(), "null"}) {
      String header = "Authorization: Bearer " + wrong;
      assertStatus(dashboard.post(PAUSE, "", dashboard.origin(), header), 400, 401);
    }
    assertStatus(dashboard.post(PAUSE + "?token=" + token, "", dashboard.origin()), 401);
    assertThat(dashboard.told).isEmpty();
  }

  @Test
  void control_withTheToken_tellsTheRunAndLeavesAMark() throws IOException {
    assertStatus(dashboard.post(PAUSE, "", dashboard.bearer()), 202);
    assertStatus(
        dashboard.post("/api/runs/run/control/probe/hessian", "", dashboard.bearer()), 202);
    assertStatus(dashboard.post("/api/runs/run/control/probe/other", "", dashboard.bearer()), 404);

    assertStatus(dashboard.post("/api/runs/run/control/checkpoint", "", dashboard.bearer()), 202);
    assertStatus(dashboard.post("/api/runs/run/control/fire/redo", "", dashboard.bearer()), 202);
    assertStatus(dashboard.post("/api/runs/run/control/fire/other", "", dashboard.bearer()), 404);

    assertThat(dashboard.told).containsExactly("pause", "probe hessian", "checkpoint", "fire redo");
    assertThat(dashboard.get("/api/runs/run/history"))
        .contains("\"control\",\"pause\"", "\"control\",\"probe hessian\"", "\"paused\"");
  }

  @Test
  void control_thatIsOff_isRefusedEvenWithAToken() throws IOException {
    Path secret = Files.writeString(folder.resolve("token"), "0123456789abcdefghijklmn");
    secret.toFile().setReadable(false, false);
    secret.toFile().setReadable(true, true);
    secret.toFile().setWritable(false, false);
    try (DashboardFixture off =
        new DashboardFixture(folder.resolve("run"), "token-file = \"" + secret + "\"")) {
      assertStatus(off.post(PAUSE, "", "Authorization: Bearer 0123456789abcdefghijklmn"), 403);
      assertThat(off.told).isEmpty();
    }
  }

  @Test
  void session_ofABrowser_servesItsOwnPagesOnly() throws IOException {
    String token = dashboard.server.token().orElseThrow();
    assertStatus(dashboard.post("/api/login", "guess", dashboard.origin()), 401);
    String answer = dashboard.post("/api/login", token, dashboard.origin());
    Matcher cookie = Pattern.compile("Set-Cookie: ([^;]+)(.*)").matcher(answer);
    assertThat(cookie.find()).as(answer).isTrue();
    assertThat(cookie.group(2)).contains("HttpOnly", "SameSite=Strict");
    assertThat(cookie.group(1)).doesNotContain(token);

    String session = "Cookie: " + cookie.group(1);
    assertStatus(dashboard.post(PAUSE, "", session), 403); // no origin
    assertStatus(dashboard.post(PAUSE, "", session, "Origin: http://evil.example"), 403);
    assertStatus(dashboard.post(PAUSE, "", session, "Origin: null"), 403);
    assertStatus(dashboard.post(PAUSE, "", session, "Origin: http://127.0.0.1:1"), 403);
    assertStatus(
        dashboard.post(PAUSE, "", session, dashboard.origin(), "Sec-Fetch-Site: cross-site"), 403);
    assertThat(dashboard.told).isEmpty();

    assertStatus(
        dashboard.post(PAUSE, "", session, dashboard.origin(), "Sec-Fetch-Site: same-origin"), 202);
    assertThat(dashboard.told).containsExactly("pause");
  }

  @Test
  void page_ofAnotherOrigin_readsNothing() throws IOException {
    String answer = dashboard.get("/api/runs", "Origin: http://evil.example");

    assertStatus(answer, 403);
    assertThat(answer).doesNotContainIgnoringCase("access-control-allow");
    assertThat(dashboard.get("/api/runs", dashboard.origin()))
        .doesNotContainIgnoringCase("access-control-allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.json",
        "/..%2fsecret.json",
        "/%2e%2e/secret.json",
        "/vendor/../../secret.json",
        "//etc/passwd",
        "/api/runs/../secret.json",
        "/api/runs/..%2f..%2fetc/config",
        "/api/runs/run%00/config",
        "/api/runs/run/tables/..%2f..%2fsecret/t",
        "/api/runs/run/tables/../secret/t",
        "/api/runs/%ff%fe/config",
        "/api/runs/r%C3%BCn/config",
        "/api/runs/run/tables/secret-5/t",
        "/index.html%00.js",
        "/vendor",
        "/vendor/uPlot.LICENSE"
      })
  void path_thatLeadsElsewhere_findsNothing(String path) throws IOException {
    String answer = dashboard.get(path);

    assertThat(answer).doesNotContain(KEPT).doesNotContain("root:");
    if (!answer.endsWith("[]")) { // no such table: an empty list
      assertStatus(answer, 400, 404);
    }
  }

  @Test
  void path_thatIsVeryLong_isRefused() throws IOException {
    assertStatus(dashboard.get("/api/runs/" + "a".repeat(10_000) + "/config"), 400, 404, 414);
    assertStatus(dashboard.get("/api/runs/" + "a".repeat(1_000) + "/config"), 404);
  }

  @Test
  void tables_behindALink_areNotRead() throws IOException {
    Path probes = folder.resolve("run/probes");
    Files.writeString(probes.resolve("hessian-5.json"), table("hessian"));
    Files.createSymbolicLink(probes.resolve("linked-5.json"), folder.resolve("secret.json"));

    assertThat(dashboard.get("/api/runs/run/tables/hessian/t")).contains(KEPT);
    assertThat(dashboard.get("/api/runs/run/tables/linked/t")).endsWith("[]");
    assertThat(dashboard.get("/api/runs/run/tables")).doesNotContain("linked");
  }

  @Test
  void secrets_ofTheConfiguration_areHidden() throws IOException {
    Files.writeString(
        folder.resolve("run/config.conf"),
        "limber {\n  seed=1\n  token-file=\"/home/me/t\"\n  webhook-url=\"https://h/xyz\"\n}\n");

    assertThat(dashboard.get("/api/runs/run/config"))
        .contains("seed=1")
        .doesNotContain("/home/me/t")
        .doesNotContain("xyz");
  }

  @Test
  void answers_ofEveryKind_forbidBrowsersWhatThePageDoesNotNeed() throws IOException {
    for (String path : new String[] {"/", "/main.js", "/api/runs", "/nowhere"}) {
      assertThat(dashboard.get(path))
          .contains("Content-Security-Policy: default-src 'self';")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe-inline")
          .contains("X-Content-Type-Options: nosniff")
          .contains("Referrer-Policy: no-referrer")
          .doesNotContain("Server:");
    }
  }

  @Test
  void page_hasNothingInlineAndNothingFromElsewhere() throws IOException {
    String page = dashboard.get("/");

    assertThat(page).doesNotContainPattern("<script(?![^>]*src=)").doesNotContain("style=\"");
    assertThat(page).doesNotContainPattern("(src|href)=\"(https?:)?//");
  }

  @Test
  void bodies_thatAreTooLargeOrPacked_areRefused() throws IOException {
    assertStatus(dashboard.post("/api/login", "x".repeat(5_000), dashboard.origin()), 413);
    assertStatus(
        dashboard.post("/api/login", "x", dashboard.origin(), "Content-Encoding: gzip"), 415);
    String endless =
        RawHttp.request(
            "POST /api/login",
            dashboard.host,
            dashboard.origin(),
            "Content-Type: text/plain",
            "Content-Length: 99999999999");
    assertStatus(RawHttp.send(dashboard.port, endless), 400, 413);
  }

  @Test
  void headers_beyondMeasure_areRefused() throws IOException {
    String[] many = new String[200];
    for (int i = 0; i < many.length; i++) {
      many[i] = "X-Bomb-" + i + ": 1";
    }
    assertStatus(dashboard.get("/api/runs", many), 400, 431);
    assertStatus(dashboard.get("/api/runs", "X-Long: " + "x".repeat(20_000)), 400, 431);
  }

  @Test
  void webSocket_isNotOpened() throws IOException {
    String answer =
        RawHttp.send(
            dashboard.port,
            "GET /api/stream?run=run HTTP/1.1\r\n"
                + dashboard.host
                + "\r\nOrigin: http://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
                + RawHttp.request("GET /nowhere", dashboard.host));

    assertStatus(answer, 400, 403);
  }

  @Test
  void streams_ofUnknownOrTooManyRuns_areNotFound() throws IOException {
    assertStatus(dashboard.get("/api/stream"), 404);
    assertStatus(dashboard.get("/api/stream?run=run&run=run"), 404);
    String markup = URLEncoder.encode("<script>alert(1)</script>", StandardCharsets.UTF_8);
    assertThat(dashboard.get("/api/stream?run=" + markup)).doesNotContain("<script>");
  }
}
