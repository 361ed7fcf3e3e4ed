package io.limber.app.process;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a node tells of its health. */
final class HealthPage {

  private HealthPage() {}

  /**
   * Status of the answer; 0 while nobody listens yet, which may be some time after the node hosts
   * its first environments.
   *
   * @param page {@code ready} or {@code alive}
   */
  static int status(int port, String page) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + page)).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    } catch (ConnectException e) {
      return 0;
    }
  }
}
