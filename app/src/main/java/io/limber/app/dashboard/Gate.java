package io.limber.app.dashboard;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Cookie;
import akka.http.javadsl.model.headers.HttpCookiePair;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may ask for what. Deny by default: a request passes only if its method, its host and its
 * origin are on a list, and it changes or shows only what its token allows.
 *
 * <ul>
 *   <li>The host must be one that this server was bound to, so that a foreign name which is made to
 *       point here (DNS rebinding) gets nothing.
 *   <li>The origin must be this server's own where a browser tells one; a request that changes
 *       something by cookie must tell it.
 *   <li>A token comes in the header {@code Authorization}, never in an address.
 * </ul>
 */
final class Gate {

  private static final List<String> LOOPBACK_NAMES = List.of("localhost", "127.0.0.1", "[::1]");

  /** Why a request is refused. */
  record Refusal(StatusCode status, String reason) {}

  private final DashboardSettings settings;
  private final Access access;
  private final String cookie;
  private final Set<String> hosts = new TreeSet<>();
  private final Set<String> origins = new TreeSet<>();

  /**
   * @param port that was bound
   */
  Gate(DashboardSettings settings, Access access, int port) {
    this.settings = settings;
    this.access = access;
    cookie = "limber-" + port; // cookies know hosts only; two dashboards need two names
    Set<String> names = new TreeSet<>(settings.hostNames());
    names.add(settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host());
    if (!settings.exposed()) {
      names.addAll(LOOPBACK_NAMES);
    }
    boolean standard = port == (settings.scheme().equals("https") ? 443 : 80);
    for (String name : names) {
      String host = name.toLowerCase(Locale.ROOT);
      hosts.add(host + ":" + port);
      origins.add(settings.scheme() + "://" + host + ":" + port);
      if (standard) {
        hosts.add(host);
        origins.add(settings.scheme() + "://" + host);
      }
    }
  }

  /** Why the request is refused, whatever it is for; empty if it is not. */
  Optional<Refusal> refusal(HttpRequest request) {
    boolean reads =
        request.method().equals(HttpMethods.GET) || request.method().equals(HttpMethods.HEAD);
    if (!reads && !request.method().equals(HttpMethods.POST)) {
      return refuse(StatusCodes.METHOD_NOT_ALLOWED, "only GET, HEAD and POST are served");
    }
    if (!hosts.contains(header(request, "host").orElse("").toLowerCase(Locale.ROOT))) {
      return refuse(
          StatusCodes.MISDIRECTED_REQUEST,
          "this server has another name: see limber.dashboard.host-names");
    }
    Optional<String> origin = header(request, "origin");
    if (origin.isPresent() && !origins.contains(origin.get().toLowerCase(Locale.ROOT))) {
      return refuse(StatusCodes.FORBIDDEN, "pages of other origins get nothing here");
    }
    if (!reads && origin.isEmpty() && !bearer(request)) {
      return refuse(StatusCodes.FORBIDDEN, "what changes something must tell its origin");
    }
    String site = header(request, "sec-fetch-site").orElse("none");
    if (!reads && !site.equals("same-origin") && !site.equals("none")) {
      return refuse(StatusCodes.FORBIDDEN, "pages of other sites change nothing here");
    }
    if (!header(request, "content-encoding").orElse("identity").equals("identity")) {
      return refuse(StatusCodes.UNSUPPORTED_MEDIA_TYPE, "bodies must not be compressed");
    }
    return Optional.empty();
  }

  /** Why it may not see runs; empty if it may. */
  Optional<Refusal> readRefusal(HttpRequest request) {
    return settings.exposed() && !authenticated(request)
        ? refuse(StatusCodes.UNAUTHORIZED, "the token is needed")
        : Optional.empty();
  }

  /** Why it may not change runs; empty if it may. */
  Optional<Refusal> controlRefusal(HttpRequest request) {
    if (!settings.allowControl()) {
      return refuse(StatusCodes.FORBIDDEN, "controls are off: see --allow-control");
    }
    return authenticated(request)
        ? Optional.empty()
        : refuse(StatusCodes.UNAUTHORIZED, "the token is needed");
  }

  /** Whether it shows the token, or a session that the token began. */
  boolean authenticated(HttpRequest request) {
    return bearer(request) || session(request);
  }

  private boolean session(HttpRequest request) {
    for (HttpHeader header : request.getHeaders()) {
      if (header instanceof Cookie cookies) {
        for (HttpCookiePair pair : cookies.getCookies()) {
          if (pair.name().equals(cookie) && access.isSession(pair.value())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean bearer(HttpRequest request) {
    String value = header(request, "authorization").orElse("");
    return value.startsWith("Bearer ") && access.isToken(value.substring("Bearer ".length()));
  }

  /** The cookie of a session, as the value of {@code Set-Cookie}. */
  String setCookie() {
    return cookie
        + "="
        + access.session()
        + "; Path=/; HttpOnly; SameSite=Strict"
        + (settings.scheme().equals("https") ? "; Secure" : "");
  }

  /** Of several headers of a name none is taken: there is no telling which one counts. */
  private static Optional<String> header(HttpRequest request, String lowercaseName) {
    String value = null;
    for (HttpHeader header : request.getHeaders()) {
      if (header.lowercaseName().equals(lowercaseName)) {
        if (value != null) {
          return Optional.of("");
        }
        value = header.value();
      }
    }
    return Optional.ofNullable(value);
  }

  private static Optional<Refusal> refuse(StatusCode status, String reason) {
    return Optional.of(new Refusal(status, reason));
  }
}
