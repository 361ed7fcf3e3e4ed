package io.limber.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.limber.app.Main;
import io.limber.app.history.History;
import io.limber.app.history.RunStatus;
import io.limber.app.history.RunStatus.State;
import io.limber.app.history.StatusReader;
import io.limber.testkit.process.Await;
import io.limber.testkit.process.JavaProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
class DashboardIT {

  private static final String STEP =
      "Number(document.querySelector('#tiles .value')?.textContent.replaceAll(',', '') ?? -1)";

  @TempDir private Path folder;

  @BeforeAll
  static void needsABrowser() {
    assumeTrue(
        Browser.installed().isPresent(),
        "no chromium on the PATH: the dashboard's page is not tested (apt-get install chromium)");
  }

  private Browser browser() throws Exception {
    return Browser.start(Files.createDirectory(folder.resolve("profile")));
  }

  @Test
  void page_ofARunningAgent_movesAndControlsIt() throws Exception {
    Path run = folder.resolve("run");
    try (JavaProcess agent = train(run);
        Browser browser = browser()) {
      String line = agent.awaitLine(text -> text.strip().startsWith("dashboard "));
      URI link = URI.create(line.strip().replaceFirst("dashboard +", ""));
      String address = "http://" + link.getAuthority() + "/";
      browser.open(address);

      browser.await(STEP + " > 0");
      double before = Double.parseDouble(browser.evaluate(STEP));
      browser.await(STEP + " > " + before);
      browser.await("document.querySelectorAll('.plot canvas').length >= 1");
      browser.await("document.querySelector('#learning .key b').textContent.length > 0");

      assertThat(RawHttp.send(link.getPort(), pause(link, ""))).startsWith("HTTP/1.1 401");
      browser.await("document.querySelector('#control-token input') != null");
      String token = link.getFragment().substring("token=".length());
      browser.evaluate("document.querySelector('#control-token input').value = '" + token + "'");
      browser.evaluate("document.querySelector('#control-token button').click()");
      browser.await("document.querySelector('#control-pause') != null");
      browser.evaluate("document.querySelector('#control-pause').click()");
      browser.await("document.querySelector('#connection').textContent === 'paused'");
      String paused = stillStep(browser);
      browser.evaluate("document.querySelector('#control-resume').click()");
      browser.await(STEP + " > " + paused);

      assertThat(Files.readString(run.resolve("run.log")))
          .contains("control: pause", "control: resume");
      assertThat(browser.errors).isEmpty();
      assertThat(browser.requests).isNotEmpty().allMatch(url -> url.startsWith(address));
      browser.evaluate("fetch('api/runs/run/control/stop', {method: 'POST'}).then(r => r.status)");
      assertThat(agent.awaitExit()).as(agent.errors()).isEqualTo(130);
    }
  }

  /** The step once two looks, several updates of the page apart, saw the same. */
  private static String stillStep(Browser browser) throws Exception {
    String[] last = {""};
    Await.until(
        "the learner stands still",
        Browser.LIMIT,
        () -> {
          String before =
              browser.evaluate(
                  "limber.runs.get('run').curves('learner/updates').values().next().value.steps.at(-1)");
          browser.evaluate("new Promise(done => setTimeout(done, 1500))");
          last[0] = browser.evaluate(STEP);
          return before.equals(
              browser.evaluate(
                  "limber.runs.get('run').curves('learner/updates').values().next().value.steps.at(-1)"));
        });
    return last[0];
  }

  private static String pause(URI link, String more) {
    return RawHttp.request(
        "POST /api/runs/run/control/pause",
        "Host: " + link.getAuthority(),
        "Origin: http://" + link.getAuthority(),
        "Content-Length: 0" + more);
  }

  private JavaProcess train(Path run) throws Exception {
    return JavaProcess.start(
        folder.resolve("errors"),
        List.of(
            "-Xmx512m",
            Main.class.getName(),
            "train",
            "--device",
            "cpu",
            "--updates",
            "100000000",
            "--run-dir",
            run.toString(),
            "--allow-control",
            "--set",
            "network.hidden-widths=[8]",
            "--set",
            "replay.capacity=1000",
            "--set",
            "replay.min-size=100",
            "--set",
            "plasticity.steps=10",
            "--set",
            "plasticity.transitions=64",
            "--set",
            "probe.schedule.plasticity=1000",
            "--set",
            "run.report-period=100",
            "--set",
            "run.evaluation-steps=0",
            "--set",
            "dashboard.update-interval=200ms"));
  }

  @Test
  void page_whoseServerWasAway_catchesUpWithoutAGap() throws Exception {
    String steps = "limber.runs.get('run')?.curves('learner/loss').get('learner-0')?.steps.join()";
    try (Browser browser = browser()) {
      History history;
      int port;
      try (DashboardFixture first = new DashboardFixture(folder, "update-interval = 100ms")) {
        history = first.history;
        port = first.port;
        first.add("learner-0", 1, 0.5);
        browser.open("http://127.0.0.1:" + port + "/");
        browser.await(steps + " === '1'");
        first.add("learner-0", 2, 0.5);
        browser.await(steps + " === '1,2'");
      }
      browser.await("document.querySelector('#connection').textContent === 'reconnecting'");
      try (DashboardFixture second =
          new DashboardFixture(folder, history, "update-interval = 100ms", "port = " + port)) {
        second.add("learner-0", 3, 0.5);
        second.add("learner-0", 4, 0.5);

        browser.await(steps + " === '1,2,3,4'");
        browser.await("document.querySelector('#connection').textContent === 'live'");
      }
    }
  }

  @Test
  void page_ofTwoRunsByTheirFolders_showsBothAndThatOneWasKilled() throws Exception {
    List<Path> runs = List.of(folder("alive"), folder("killed"));
    StatusReader status =
        path ->
            path.endsWith("killed")
                ? new RunStatus(State.GONE, "killed: process 1 is gone")
                : RunStatus.of(State.RUNNING);
    try (Browser browser = browser();
        FollowedRuns followed = new FollowedRuns(runs, status);
        DashboardServer server =
            DashboardServer.open(
                DashboardFixture.settings(), followed.shown(), DashboardExtras.none())) {
      browser.open(server.address());
      browser.await("document.querySelector('#learning .keys')?.textContent.includes('killed')");

      assertThat(browser.evaluate("document.querySelector('#tiles .tile').innerText"))
          .contains("2,000", "running", "gone");
      assertThat(browser.evaluate("document.querySelector('#marks').textContent"))
          .contains("intervention · alive", "intervention · killed");
      String key =
          "document.querySelector('#learning .plot').dispatchEvent(new KeyboardEvent('keydown', {key: '%s'}))";
      browser.evaluate(key.formatted("ArrowLeft"));
      browser.await("document.querySelector('#learning .latest').textContent === 'step 1,000'");
      assertThat(browser.evaluate("document.querySelector('#curvature .card.missing').innerText"))
          .contains("Not measured in this run; --set probe.schedule.hessian=10000 measures it.");
      browser.evaluate("document.querySelectorAll('#config details')[1].open = true");
      browser.await(
          "document.querySelectorAll('#config pre')[1].textContent === 'limber.name = killed'");
      assertThat(browser.errors).isEmpty();
    }
  }

  private Path folder(String name) throws Exception {
    Path run = Files.createDirectory(folder.resolve(name));
    Files.writeString(run.resolve("config.conf"), "limber.name = " + name);
    StringBuilder lines = new StringBuilder();
    for (int step = 1000; step <= 2000; step += 1000) {
      String line =
          "{\"time\":\"2026-01-31T12:00:00.000Z\",\"source\":\"%s\",\"step\":%d,\"values\":{\"%s\":1}}%n";
      lines.append(line.formatted("environment-0", step, "environment/mean-reward"));
      lines.append(line.formatted("redo-dense-0", step, "intervention/firings"));
    }
    Files.writeString(run.resolve("metrics.jsonl"), lines);
    return run;
  }

  @Test
  void page_ofAPhone_isNotWiderThanIt() throws Exception {
    try (Browser browser = browser();
        DashboardFixture dashboard = new DashboardFixture(folder)) {
      dashboard.add("learner-0", 1, 0.5);
      browser.phone();
      browser.open("http://127.0.0.1:" + dashboard.port + "/");
      browser.await("document.querySelectorAll('.plot canvas').length >= 1");

      assertThat(browser.evaluate("document.documentElement.scrollWidth")).isEqualTo("390");
    }
  }
}
