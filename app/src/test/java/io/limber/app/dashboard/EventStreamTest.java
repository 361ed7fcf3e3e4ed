package io.limber.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.testkit.process.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private record Event(String data, String id) {}

  /** A page's connection. */
  private static final class Page implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader lines;

    Page(DashboardFixture dashboard, String lastId) throws IOException {
      socket.connect(new InetSocketAddress("127.0.0.1", dashboard.port));
      socket.setSoTimeout((int) LIMIT.toMillis());
      String[] headers =
          lastId.isEmpty()
              ? new String[] {dashboard.host}
              : new String[] {dashboard.host, "Last-Event-ID: " + lastId};
      socket
          .getOutputStream()
          .write(
              RawHttp.request("GET /api/stream?run=run", headers).getBytes(StandardCharsets.UTF_8));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    Event next() throws IOException {
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          data = line.substring("data: ".length());
        } else if (line.startsWith("id: ")) {
          return new Event(data, line.substring("id: ".length()));
        }
      }
      throw new IOException("the stream ended");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void reconnect_withTheLastId_bringsWhatWasMissedAndNothingElse() throws IOException {
    try (DashboardFixture dashboard = new DashboardFixture(folder, "update-interval = 50ms")) {
      dashboard.add("learner-0", 1, 0.5);
      String id;
      try (Page page = new Page(dashboard, "")) {
        Event first = page.next();
        assertThat(first.data()).contains("\"since\":0", "[1,0.5]");
        id = first.id();
      }
      dashboard.add("learner-0", 2, 0.25);
      dashboard.add("learner-0", 3, 0.125);
      try (Page page = new Page(dashboard, id)) {
        assertThat(page.next().data())
            .contains("[\"learner/loss\",\"learner-0\",1,[[2,0.25],[3,0.125]]]");
      }
    }
  }

  @Test
  void reconnect_withTheIdOfAnotherProcess_bringsEverything() throws IOException {
    try (DashboardFixture dashboard = new DashboardFixture(folder, "update-interval = 50ms")) {
      dashboard.add("learner-0", 1, 0.5);
      for (String id :
          new String[] {"deadbeef-1", "junk", "deadbeef-99999999999999999999", "0-0.0-0"}) {
        try (Page page = new Page(dashboard, id)) {
          assertThat(page.next().data()).contains("\"since\":0", "[1,0.5]");
        }
      }
    }
  }

  @Test
  void client_thatNeverReads_isDroppedWhileOthersGoOn() throws Exception {
    try (DashboardFixture dashboard =
            new DashboardFixture(folder, "update-interval = 50ms", "slow-client-timeout = 500ms");
        Socket deaf = new Socket()) {
      // more than all socket buffers on the way hold: about 10 MB
      for (int source = 0; source < 400; source++) {
        for (int step = 0; step < 1000; step++) {
          dashboard.add("source-" + source, step, step + 0.123456789);
        }
      }
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new InetSocketAddress("127.0.0.1", dashboard.port));
      deaf.getOutputStream()
          .write(
              RawHttp.request("GET /api/stream?run=run", dashboard.host)
                  .getBytes(StandardCharsets.UTF_8));

      Await.until(
          "the deaf client is dropped", LIMIT, () -> dashboard.server.droppedClients() == 1);
      try (Page page = new Page(dashboard, "")) {
        String id = page.next().id();
        dashboard.add("learner-0", 7, 0.5);
        assertThat(page.next().data()).contains("\"learner-0\"");
        assertThat(id).isNotEmpty();
      }
    }
  }
}
