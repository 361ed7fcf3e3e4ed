package io.limber.app.dashboard;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets requests wait until the port is known that their hosts must name. */
final class LateRoutes {

  private final CompletableFuture<Routes> routes = new CompletableFuture<>();

  void are(Routes known) {
    routes.complete(known);
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    return routes.thenCompose(known -> known.handle(request));
  }
}
