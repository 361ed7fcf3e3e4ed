package io.limber.app.dashboard;

import akka.http.javadsl.ConnectionContext;
import akka.http.javadsl.HttpsConnectionContext;
import io.limber.core.config.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The server's certificate. */
final class Tls {

  private Tls() {}

  /**
   * @throws InvalidSettingException if the key store cannot be opened
   */
  static HttpsConnectionContext context(Path keyStore, Path passwordFile) {
    char[] password =
        OwnerFile.read(passwordFile, "limber.dashboard.tls.key-store-password-file").toCharArray();
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return ConnectionContext.httpsServer(context);
    } catch (IOException | GeneralSecurityException e) {
      throw new InvalidSettingException(
          "limber.dashboard.tls.key-store",
          keyStore.toString(),
          "be a PKCS#12 file that the password opens: " + e.getMessage());
    }
  }
}
