package io.limber.benchmarks.cluster;

import io.limber.app.cluster.ClusterHost;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.run.RunConsole;
import io.limber.app.run.Signals;
import io.limber.app.run.TrainingRun;
import io.limber.app.run.TrainingSummary;
import io.limber.benchmarks.UpdateTimes;
import io.limber.benchmarks.agent.ObservedAgent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** A run with nodes that goes on in the background of this process, and takes orders. */
final class WatchedRun {

  private static final String TOKEN = "only-for-the-time-of-a-benchmark";
  private static final String RUN = "run";

  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<Signals.Signal> stop = new CompletableFuture<>();
  private final CompletableFuture<TrainingSummary> end = new CompletableFuture<>();
  private final UpdateTimes updates = new UpdateTimes();
  private final Path folder;
  private final int port = NodeProcess.freePort();
  private final int dashboard = NodeProcess.freePort();

  /**
   * Starts it.
   *
   * @param folder for its files
   * @param settings as for {@code --set}
   */
  WatchedRun(Path folder, List<String> settings) throws IOException {
    this.folder = folder.resolve(RUN);
    Path token = folder.resolve("token");
    Files.createFile(
        token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, TOKEN);
    List<String> all =
        new ArrayList<>(
            List.of(
                "cluster.bind=\"" + member() + "\"",
                "dashboard.port=" + dashboard,
                "dashboard.allow-control=true",
                "dashboard.token-file=\"" + token + "\""));
    all.addAll(settings);
    EffectiveConfig config =
        EffectiveConfig.resolve(
            new ConfigSources(
                Optional.empty(),
                List.of(),
                all.stream().map(a -> Assignment.parse("--set", a)).toList()));
    RunConsole silent = new RunConsole(new PrintWriter(Writer.nullWriter()), false, 80);
    TrainingRun run =
        new TrainingRun(
            config,
            ObservedAgent.source(updates::at),
            silent,
            new ClusterHost(config, silent),
            true);
    end.completeAsync(() -> train(run), Executors.newSingleThreadExecutor());
  }

  private TrainingSummary train(TrainingRun run) {
    try {
      return run.run(Optional.of(folder), stop);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** HOST:PORT for nodes to join. */
  String member() {
    return "127.0.0.1:" + port;
  }

  UpdateTimes updates() {
    return updates;
  }

  RunReports reports() {
    return new RunReports(folder, end);
  }

  /**
   * Measures now, as the dashboard's button does.
   *
   * @param probe its name
   */
  void measure(String probe) throws IOException {
    URI address =
        URI.create(
            "http://127.0.0.1:" + dashboard + "/api/runs/" + RUN + "/control/probe/" + probe);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + TOKEN)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 202) {
        throw new IllegalStateException("not measured: " + answer.body());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends it as Ctrl-C does; back when it is over. */
  void stop() {
    stop.complete(Signals.Signal.INT);
    end.join();
  }
}
