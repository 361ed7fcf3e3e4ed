package io.limber.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.limber.testkit.process.JavaProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkNamespaceTest {

  @TempDir private Path folder;

  @BeforeEach
  void skipWhereThereAreNone() {
    Optional<String> reason = NetworkNamespace.whyNot();
    assumeTrue(reason.isEmpty(), reason.orElse(""));
  }

  @Test
  void process_within_reachesTheHostOnlyWhilePluggedIn() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create(0);
        ServerSocket server =
            new ServerSocket(0, 50, InetAddress.getByName(namespace.hostAddress()))) {
      assertThat(connect(namespace, server)).isEqualTo("connected");
      namespace.unplug();
      assertThat(connect(namespace, server)).isEqualTo("failed");
      namespace.plug();
      assertThat(connect(namespace, server)).isEqualTo("connected");
    }
  }

  @ParameterizedTest
  @EnumSource
  void process_withinWhosePacketsAreLostOneWay_cannotConnectUntilThatIsMended(Direction direction)
      throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create(1);
        ServerSocket server =
            new ServerSocket(0, 50, InetAddress.getByName(namespace.hostAddress()))) {
      namespace.lose(direction);
      assertThat(connect(namespace, server)).isEqualTo("failed");
      // this side still reaches itself by that address
      new Socket(server.getInetAddress(), server.getLocalPort()).close();

      namespace.mend();
      assertThat(connect(namespace, server)).isEqualTo("connected");
    }
  }

  private String connect(NetworkNamespace namespace, ServerSocket server)
      throws IOException, InterruptedException {
    List<String> program =
        List.of(
            ConnectingProgram.class.getName(),
            namespace.hostAddress(),
            Integer.toString(server.getLocalPort()));
    List<String> command = namespace.within(JavaProcess.command(program));
    try (JavaProcess process = JavaProcess.startCommand(folder.resolve("errors"), command)) {
      return process.output().get(0);
    }
  }
}
