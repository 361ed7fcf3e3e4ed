package io.limber.app.dashboard;

import io.limber.core.config.InvalidSettingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The token that a person shows once, and the session that a browser holds from then on. Both are
 * random numbers of {@value #BITS} bits unless the token comes from a file; comparisons take the
 * same time whatever differs.
 */
final class Access {

  static final int BITS = 192;

  /** 128 bits in base64; a file may hold more. */
  static final int LEAST_CHARACTERS = 22;

  private final byte[] token;
  private final byte[] session;

  private Access(String token) {
    this.token = bytes(token);
    session = bytes(random());
  }

  static Access of(DashboardSettings settings) {
    if (settings.tokenFile().isEmpty()) {
      return new Access(random());
    }
    String key = "limber.dashboard.token-file";
    String token = OwnerFile.read(settings.tokenFile().get(), key);
    if (token.length() < LEAST_CHARACTERS || !token.matches("[A-Za-z0-9._~+/=-]+")) {
      throw new InvalidSettingException(
          key,
          settings.tokenFile().get().toString(),
          "hold at least " + LEAST_CHARACTERS + " letters and digits, or it could be guessed");
    }
    return new Access(token);
  }

  private static String random() {
    byte[] bytes = new byte[BITS / Byte.SIZE];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** To be printed once, never logged. */
  String token() {
    return new String(token, StandardCharsets.UTF_8);
  }

  /** The value of the cookie that {@link #isSession} takes. */
  String session() {
    return new String(session, StandardCharsets.UTF_8);
  }

  boolean isToken(String text) {
    return MessageDigest.isEqual(token, bytes(text));
  }

  boolean isSession(String text) {
    return MessageDigest.isEqual(session, bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
