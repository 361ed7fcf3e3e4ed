package io.limber.app.dashboard;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import io.limber.app.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Responses, all with the headers that keep a browser from doing what the page does not need. */
final class Answers {

  private static final List<HttpHeader> HEADERS =
      List.of(
          RawHeader.create(
              "Content-Security-Policy",
              "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                  + " object-src 'none'"),
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("X-Frame-Options", "DENY"),
          RawHeader.create("Referrer-Policy", "no-referrer"),
          RawHeader.create("Cross-Origin-Opener-Policy", "same-origin"),
          RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"),
          RawHeader.create("Cache-Control", "no-store"));

  private Answers() {}

  static HttpResponse withHeaders(HttpResponse response) {
    return response.addHeaders(HEADERS);
  }

  static HttpResponse bytes(ContentType type, byte[] bytes) {
    return HttpResponse.create().withEntity(HttpEntities.create(type, bytes));
  }

  static HttpResponse json(String text) {
    return bytes(ContentTypes.APPLICATION_JSON, text.getBytes(StandardCharsets.UTF_8));
  }

  static HttpResponse text(String text) {
    return bytes(ContentTypes.TEXT_PLAIN_UTF8, text.getBytes(StandardCharsets.UTF_8));
  }

  /** An object with the field {@code error}. */
  static HttpResponse error(StatusCode status, String reason) {
    return json(Json.line(Map.of("error", reason))).withStatus(status);
  }

  static HttpResponse notFound() {
    return error(StatusCodes.NOT_FOUND, "there is nothing here");
  }
}
