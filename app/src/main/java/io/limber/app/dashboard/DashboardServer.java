package io.limber.app.dashboard;

import akka.actor.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.ServerBuilder;
import akka.pattern.Patterns;
import akka.stream.Materializer;
import akka.stream.SystemMaterializer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.app.history.ShownRun;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves some runs until it is closed. Its actor system is its own and small: a training run beside
 * it shares no thread with it.
 */
public final class DashboardServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final DashboardSettings settings;
  private final Access access;
  private final ActorSystem system;
  private final EventStreams streams;
  private final ServerBinding binding;

  private DashboardServer(
      DashboardSettings settings,
      Access access,
      ActorSystem system,
      EventStreams streams,
      ServerBinding binding) {
    this.settings = settings;
    this.access = access;
    this.system = system;
    this.streams = streams;
    this.binding = binding;
  }

  /**
   * Listens. Waits until it does.
   *
   * @param runs with an id of its own each
   * @throws DashboardUnavailableException if the address is not to be had
   * @throws io.limber.core.config.InvalidSettingException if a file of the settings cannot be used
   */
  public static DashboardServer open(
      DashboardSettings settings, List<ShownRun> runs, DashboardExtras extras) {
    Access access = Access.of(settings);
    RunPages pages = new RunPages(runs, settings.updateInterval());
    EventStreams streams =
        new EventStreams(settings.updateInterval(), settings.slowClientTimeout());
    ActorSystem system = ActorSystem.create("limber-dashboard", config(settings));
    try {
      LateRoutes routes = new LateRoutes();
      ServerBinding binding = bind(system, settings, routes);
      Gate gate = new Gate(settings, access, binding.localAddress().getPort());
      Materializer materializer = SystemMaterializer.get(system).materializer();
      routes.are(
          new Routes(gate, access, pages, streams, extras, settings.allowControl(), materializer));
      return new DashboardServer(settings, access, system, streams, binding);
    } catch (RuntimeException e) {
      system.terminate();
      throw e;
    }
  }

  private static Config config(DashboardSettings settings) {
    return ConfigFactory.parseString(
            "akka.http.server.max-connections = " + settings.maxConnections())
        .withFallback(ConfigFactory.parseResources("dashboard-server.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  private static ServerBinding bind(
      ActorSystem system, DashboardSettings settings, LateRoutes routes) {
    ServerBuilder builder = Http.get(system).newServerAt(settings.host(), settings.port());
    if (settings.keyStore().isPresent()) {
      builder =
          builder.enableHttps(
              Tls.context(
                  settings.keyStore().get(), settings.keyStorePasswordFile().orElseThrow()));
    }
    try {
      return builder.bind(routes::handle).toCompletableFuture().join();
    } catch (CompletionException e) {
      boolean taken =
          e.getCause() instanceof BindException || e.getCause().getCause() instanceof BindException;
      throw new DashboardUnavailableException(
          "the dashboard cannot listen at %s:%d%s: try limber.dashboard.port = 0 for any free port"
              .formatted(
                  settings.host(),
                  settings.port(),
                  taken ? ", which is taken" : ": " + e.getCause()),
          e.getCause());
    }
  }

  /** Where a browser finds it. */
  public String address() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return settings.scheme() + "://" + host + ":" + binding.localAddress().getPort() + "/";
  }

  /** To be shown to the person who started it, never logged; empty if none is needed. */
  public Optional<String> token() {
    return settings.needsToken() && settings.tokenFile().isEmpty()
        ? Optional.of(access.token())
        : Optional.empty();
  }

  /** The address, with the token where one is needed: behind a hash, so that it is never sent. */
  public String link() {
    return address() + token().map(token -> "#token=" + token).orElse("");
  }

  /** Clients so far that were dropped because they took nothing. */
  public long droppedClients() {
    return streams.dropped();
  }

  /** Pages that watch now. */
  public long openStreams() {
    return streams.open();
  }

  /** Ends all connections, giving pages a moment to hear the last; waits for it within bounds. */
  @Override
  public void close() {
    Duration grace = streams.open() > 0 ? settings.updateInterval().multipliedBy(2) : Duration.ZERO;
    CompletionStage<?> ended =
        Patterns.after(
                grace,
                system,
                () -> {
                  streams.end();
                  return binding.terminate(Duration.ofSeconds(1));
                })
            .thenCompose(
                nothing -> {
                  system.terminate();
                  return system.getWhenTerminated();
                });
    ended
        .toCompletableFuture()
        .handle((done, failure) -> failure == null)
        .completeOnTimeout(false, END_LIMIT.plus(grace).toSeconds(), TimeUnit.SECONDS)
        .thenAccept(
            clean -> {
              if (!clean) {
                LOG.warn("the dashboard did not end cleanly within {}", END_LIMIT);
              }
            })
        .join();
  }
}
