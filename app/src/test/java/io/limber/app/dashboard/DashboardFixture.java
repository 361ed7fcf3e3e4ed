package io.limber.app.dashboard;

import com.typesafe.config.ConfigFactory;
import io.limber.app.history.History;
import io.limber.app.history.RunStatus;
import io.limber.app.history.RunStatus.State;
import io.limber.app.history.ShownRun;
import io.limber.core.config.Section;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server with one run, whose controls only write down what they were told. */
final class DashboardFixture implements AutoCloseable {

  final History history;
  final List<String> told = new ArrayList<>();
  final DashboardServer server;
  final int port;
  final String host;

  DashboardFixture(Path folder, String... settings) {
    this(folder, new History(RunStatus.of(State.RUNNING)), settings);
  }

  DashboardFixture(Path folder, History history, String... settings) {
    this.history = history;
    RunControls controls =
        new RunControls() {
          @Override
          public void pause() {
            told.add("pause");
          }

          @Override
          public void resume() {
            told.add("resume");
          }

          @Override
          public void stop() {
            told.add("stop");
          }

          @Override
          public boolean checkpoints() {
            return true;
          }

          @Override
          public void checkpoint() {
            told.add("checkpoint");
          }

          @Override
          public List<String> interventions() {
            return List.of("redo");
          }

          @Override
          public void fire(String name) {
            told.add("fire " + name);
          }

          @Override
          public List<String> probes() {
            return List.of("hessian");
          }

          @Override
          public void probe(String name) {
            told.add("probe " + name);
          }
        };
    server =
        DashboardServer.open(
            settings(settings),
            List.of(new ShownRun("run", folder, () -> history)),
            new DashboardExtras(Optional.of(controls), Optional.empty()));
    port = URI.create(server.address()).getPort();
    host = "Host: 127.0.0.1:" + port;
  }

  static DashboardSettings settings(String... assignments) {
    return DashboardSettings.from(
        Section.of(
            ConfigFactory.parseString("limber.dashboard { " + String.join("\n", assignments) + " }")
                .withFallback(ConfigFactory.parseResources("reference.conf"))
                .withFallback(ConfigFactory.load())
                .resolve(),
            "limber"));
  }

  void add(String source, long step, double value) {
    history.add(Report.of(source, step, Map.of(Metric.LEARNER_LOSS, value)), Instant.EPOCH);
  }

  String get(String path, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(host));
    all.addAll(List.of(headers));
    return RawHttp.send(port, RawHttp.request("GET " + path, all.toArray(String[]::new)));
  }

  String post(String path, String body, String... headers) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(host, "Content-Type: text/plain", "Content-Length: " + body.length()));
    all.addAll(List.of(headers));
    return RawHttp.send(port, RawHttp.request("POST " + path, all.toArray(String[]::new)) + body);
  }

  String origin() {
    return "Origin: http://127.0.0.1:" + port;
  }

  String bearer() {
    return "Authorization: Bearer " + server.token().orElseThrow();
  }

  @Override
  public void close() {
    server.close();
  }
}
