package io.limber.app.dashboard;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.scaladsl.model.IllegalUriException;
import akka.stream.Materializer;
import io.limber.app.history.ShownRun;
import io.limber.app.json.Json;
import io.limber.streams.prometheus.PrometheusSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to its answer. What no line here names is not found. */
final class Routes {

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final int MOST_BODY_BYTES = 4096;
  private static final long BODY_MILLIS = 5000;

  private final Gate gate;
  private final Access access;
  private final RunPages pages;
  private final Optional<ControlPages> controls;
  private final Optional<PrometheusSink> prometheus;
  private final EventStreams streams;
  private final boolean allowControl;
  private final Materializer materializer;
  private final Assets assets = new Assets();
  private final String metrics = MetricCatalogue.json();

  Routes(
      Gate gate,
      Access access,
      RunPages pages,
      EventStreams streams,
      DashboardExtras extras,
      boolean allowControl,
      Materializer materializer) {
    this.gate = gate;
    this.access = access;
    this.pages = pages;
    this.streams = streams;
    this.allowControl = allowControl;
    this.materializer = materializer;
    controls = extras.controls().map(ControlPages::new);
    prometheus = extras.prometheus();
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    return answer(request).thenApply(Answers::withHeaders);
  }

  private CompletionStage<HttpResponse> answer(HttpRequest request) {
    Optional<Gate.Refusal> refusal = gate.refusal(request);
    if (refusal.isPresent()) {
      return discarding(request, refused(refusal.get()));
    }
    if (request.method().equals(HttpMethods.POST)) {
      return request
          .entity()
          .withSizeLimit(MOST_BODY_BYTES)
          .toStrict(BODY_MILLIS, materializer)
          .handle(
              (body, failure) ->
                  failure == null
                      ? post(request, body.getContentType(), body.getData().utf8String())
                      : Answers.error(
                          StatusCodes.CONTENT_TOO_LARGE,
                          "bodies hold at most " + MOST_BODY_BYTES + " bytes, within 5 s"));
    }
    return discarding(request, get(request));
  }

  /** A body that nobody reads would hold up the connection. */
  private CompletionStage<HttpResponse> discarding(HttpRequest request, HttpResponse response) {
    request.discardEntityBytes(materializer);
    return CompletableFuture.completedFuture(response);
  }

  private static HttpResponse refused(Gate.Refusal refusal) {
    return Answers.error(refusal.status(), refusal.reason());
  }

  /** Addresses are plain: an escape in one is of somebody who looks for a hole. */
  private static List<String> segments(HttpRequest request) {
    String path = request.getUri().getPathString();
    return path.matches("(/[A-Za-z0-9._-]+)+")
        ? Arrays.asList(path.substring(1).split("/"))
        : List.of();
  }

  private HttpResponse get(HttpRequest request) {
    Optional<Assets.Asset> asset = assets.at(request.getUri().getPathString());
    if (asset.isPresent()) {
      return Answers.bytes(asset.get().type(), asset.get().bytes());
    }
    List<String> path = segments(request);
    if (path.equals(List.of("api", "session"))) {
      return session(request);
    }
    Optional<Gate.Refusal> refusal = gate.readRefusal(request);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    try {
      return read(request, path);
    } catch (IllegalUriException e) {
      return Answers.error(StatusCodes.BAD_REQUEST, "the address cannot be read");
    } catch (IOException e) {
      LOG.warn("{} cannot be answered", path, e);
      return Answers.error(StatusCodes.INTERNAL_SERVER_ERROR, "a file cannot be read: see the log");
    }
  }

  private HttpResponse read(HttpRequest request, List<String> path) throws IOException {
    if (path.equals(List.of("metrics")) && prometheus.isPresent()) {
      return scraped(request, prometheus.get());
    }
    if (path.equals(List.of("api", "metrics"))) {
      return Answers.json(metrics);
    }
    if (path.equals(List.of("api", "runs"))) {
      return pages.list();
    }
    if (path.equals(List.of("api", "stream"))) {
      return stream(request);
    }
    if (path.size() >= 3 && path.subList(0, 2).equals(List.of("api", "runs"))) {
      return pages.page(path.get(2), path.subList(3, path.size()), request.getUri().query());
    }
    return Answers.notFound();
  }

  private static HttpResponse scraped(HttpRequest request, PrometheusSink prometheus) {
    String accept = request.getHeader("Accept").map(header -> header.value()).orElse("");
    PrometheusSink.Page page = prometheus.render(accept);
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.parse(page.contentType()), page.text()))
        .addHeader(RawHeader.create("Vary", "Accept"));
  }

  private HttpResponse stream(HttpRequest request) {
    List<String> ids = List.copyOf(request.getUri().query().getAll("run"));
    Optional<List<Feed>> feeds = pages.feeds(ids);
    if (feeds.isEmpty()) {
      return Answers.notFound();
    }
    String last = request.getHeader("Last-Event-ID").map(header -> header.value()).orElse("");
    ContentType type = MediaTypes.TEXT_EVENT_STREAM.toContentType();
    return HttpResponse.create()
        .withEntity(
            HttpEntities.createChunked(
                type, streams.stream(feeds.get(), Positions.parse(last, ids.size()))));
  }

  private HttpResponse session(HttpRequest request) {
    boolean authenticated = gate.authenticated(request);
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("authenticated", authenticated);
    session.put("readable", gate.readRefusal(request).isEmpty());
    session.put("controllable", allowControl && controls.isPresent());
    if (allowControl && authenticated) {
      controls.ifPresent(pages -> session.putAll(pages.description()));
    }
    return Answers.json(Json.line(session));
  }

  private HttpResponse post(HttpRequest request, ContentType type, String body) {
    List<String> path = segments(request);
    if (path.equals(List.of("api", "login"))) {
      return login(type, body);
    }
    boolean control =
        path.size() >= 5
            && path.subList(0, 2).equals(List.of("api", "runs"))
            && path.get(3).equals("control");
    if (!control) {
      return Answers.notFound();
    }
    Optional<Gate.Refusal> refusal = gate.controlRefusal(request);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    Optional<ShownRun> run = pages.run(path.get(2));
    return run.isPresent() && controls.isPresent()
        ? controls.get().tell(run.get(), path.subList(4, path.size()))
        : Answers.notFound();
  }

  /** The token is the body, as plain text. */
  private HttpResponse login(ContentType type, String body) {
    if (!type.mediaType().equals(MediaTypes.TEXT_PLAIN)) {
      return Answers.error(StatusCodes.UNSUPPORTED_MEDIA_TYPE, "the token comes as text/plain");
    }
    return access.isToken(body.strip())
        ? Answers.json("{\"authenticated\":true}")
            .addHeader(RawHeader.create("Set-Cookie", gate.setCookie()))
        : Answers.error(StatusCodes.UNAUTHORIZED, "this is not the token");
  }
}
