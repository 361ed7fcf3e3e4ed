package io.limber.benchmarks.cluster;

import io.limber.app.cluster.NodeRun;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.run.AgentSource;
import io.limber.app.run.RunConsole;
import io.limber.app.run.TensorFlowAgents;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A node in a process of its own, until it is closed. */
final class NodeProcess {

  private final Process process;

  private NodeProcess(Process process) {
    this.process = process;
  }

  /**
   * @param role what it hosts
   * @param member HOST:PORT to join
   * @param idle whether its policies act without looking
   */
  static NodeProcess start(String role, String member, boolean idle) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-cp",
            System.getProperty("java.class.path"),
            NodeProcess.class.getName(),
            role,
            member,
            Boolean.toString(idle));
    return new NodeProcess(
        builder
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /**
   * The node itself.
   *
   * @param arguments its role, the member to join, and whether policies are idle
   */
  public static void main(String[] arguments) {
    EffectiveConfig config =
        EffectiveConfig.resolve(
            new ConfigSources(
                Optional.empty(),
                List.of(),
                List.of(Assignment.parse("--set", "cluster.join=[\"" + arguments[1] + "\"]"))));
    AgentSource agents =
        Boolean.parseBoolean(arguments[2]) ? new IdleAgents() : new TensorFlowAgents();
    RunConsole console = new RunConsole(new PrintWriter(System.err), false, 80);
    new NodeRun(config, List.of(arguments[0]), agents, OptionalInt.empty(), console)
        .run(new CompletableFuture<>());
  }

  /** A port of this machine that nobody listens at now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Kills it, as {@code kill -9} does; back when it is gone. */
  void close() {
    process.destroyForcibly().onExit().join();
  }
}
