package io.limber.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.core.config.InvalidSettingException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardExposureTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "limber.invalid"})
  void host_beyondThisMachineWithoutTls_isRefused(String host) {
    assertThatThrownBy(() -> DashboardFixture.settings("host = \"" + host + "\""))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("limber.dashboard.host")
        .hasMessageContaining("tls.key-store");
  }

  @Test
  void tokenFile_thatOthersMayReadOrThatIsShort_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "0123456789abcdefghijklmn");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    DashboardSettings settings = DashboardFixture.settings("token-file = \"" + file + "\"");
    assertThatThrownBy(() -> Access.of(settings)).hasMessageContaining("mode 600");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(Access.of(settings).isToken("0123456789abcdefghijklmn")).isTrue();
    Files.writeString(file, "short");
    assertThatThrownBy(() -> Access.of(settings)).hasMessageContaining("at least 22");
  }

  @Test
  void tokens_areLongAndNeverTheSame() {
    Access one = Access.of(DashboardFixture.settings());
    Access other = Access.of(DashboardFixture.settings());

    assertThat(one.token()).hasSize(Access.BITS / 6).isNotEqualTo(other.token());
    assertThat(one.isToken(other.token())).isFalse();
    assertThat(one.isSession(one.token())).isFalse();
  }

  @Test
  void server_forOtherMachines_answersWithTheTokenOnly() throws Exception {
    Path keys = keyStore();
    Path password = Files.writeString(folder.resolve("password"), "changeit");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    try (DashboardFixture dashboard =
        new DashboardFixture(
            folder,
            "host = \"0.0.0.0\"",
            "host-names = [\"localhost\"]",
            "tls.key-store = \"" + keys + "\"",
            "tls.key-store-password-file = \"" + password + "\"")) {
      String address = "https://localhost:" + dashboard.port;
      for (String path :
          List.of(
              "/api/runs",
              "/api/metrics",
              "/api/stream?run=run",
              "/api/runs/run/history",
              "/metrics")) {
        assertThat(status(address + path, "none")).as(path).isEqualTo(401);
      }
      assertThat(status(address + "/", "none")).isEqualTo(200);
      assertThat(status(address + "/api/runs", dashboard.server.token().orElseThrow()))
          .isEqualTo(200);
      assertThat(status("https://127.0.0.1:" + dashboard.port + "/", "none")).isEqualTo(421);
    }
  }

  private Path keyStore() throws Exception {
    Path keys = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "limber",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-keystore",
            keys.toString());
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return keys;
  }

  private static int status(String address, String token) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** The certificate is this test's own; who it is of is not what is tested. */
  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
