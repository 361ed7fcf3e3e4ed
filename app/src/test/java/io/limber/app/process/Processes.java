package io.limber.app.process;

import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that show who they are, by TLS or not at all. Closing kills all. One test's. */
final class Processes implements AutoCloseable {

  private final Path folder;
  private final Credentials credentials;
  private final List<JavaProcess> started = new ArrayList<>();

  /**
   * @param folder takes their standard errors
   * @param credentials of all that do not bring others
   */
  Processes(Path folder, Credentials credentials) {
    this.folder = folder;
    this.credentials = credentials;
  }

  /** Of all that do not bring others. */
  Credentials credentials() {
    return credentials;
  }

  /**
   * Starts a command whose arguments hold the {@link Credentials#options} already.
   *
   * @param name of the file with its standard error
   */
  JavaProcess start(String name, Credentials own, List<String> command) throws IOException {
    List<String> whole = new ArrayList<>(List.of("env"));
    whole.addAll(own.environment());
    whole.addAll(command);
    JavaProcess process = JavaProcess.startCommand(folder.resolve(name + ".err"), whole);
    started.add(process);
    return process;
  }

  @Override
  public void close() {
    started.forEach(JavaProcess::close);
  }
}
