package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * With what a process shows who it is.
 *
 * @param environment variables as NAME=VALUE
 * @param options of {@code limber}
 */
record Credentials(List<String> environment, List<String> options) {

  static final Credentials NONE = new Credentials(List.of(), List.of());

  private static final Path ROLES = Path.of(System.getenv("LIMBER_ROOT"), "conf/roles");
  private static final String KEYS = "LIMBER_KEY_STORE=";
  private static final String PASSWORD = "LIMBER_STORE_PASSWORD=";

  /**
   * Makes an authority, and a certificate of it for this machine as 127.0.0.1.
   *
   * @param folder new
   */
  static Credentials make(Path folder) throws IOException, InterruptedException {
    return make(folder, Map.of());
  }

  /**
   * The same with a certificate of another authority, for whoever trusts the first one's.
   *
   * @param folder new
   */
  Credentials ofAnotherAuthority(Path folder) throws IOException, InterruptedException {
    String others = make(folder, Map.of("LIMBER_STORE_PASSWORD", password())).variable(KEYS);
    return new Credentials(
        environment.stream().map(line -> line.startsWith(KEYS) ? KEYS + others : line).toList(),
        options);
  }

  /** What must be in no file. */
  String password() {
    return variable(PASSWORD);
  }

  private String variable(String prefix) {
    return environment.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst()
        .orElseThrow();
  }

  private static Credentials make(Path folder, Map<String, String> variables)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(ROLES.resolve("make-test-certificates").toString(), folder.toString());
    builder.environment().putAll(variables);
    Process made = builder.redirectErrorStream(true).start();
    String output = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(output).isZero();
    List<String> environment =
        Files.readAllLines(folder.resolve("environment")).stream()
            .map(line -> line.replaceFirst("export ", ""))
            .toList();
    return new Credentials(environment, List.of("--config", ROLES.resolve("tls.conf").toString()));
  }
}
