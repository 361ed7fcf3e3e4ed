package io.limber.app.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of a member of a cluster, for the commands that are one. */
final class ClusterOptions {

  @Option(
      names = "--bind",
      paramLabel = "HOST:PORT",
      description =
          "Where this process listens for other nodes (limber.cluster.bind); port 0 takes any.")
  private String bind;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      description = "A member of the cluster to join (limber.cluster.join); repeat it for more.")
  private List<String> join = new ArrayList<>();

  @Option(
      names = "--health",
      paramLabel = "HOST:PORT",
      description = "Where to answer GET /ready and GET /alive (limber.cluster.health).")
  private String health;

  /** Adds what was given to the configuration's other options. */
  void addTo(ConfigOptions options) {
    options.set("--bind", "limber.cluster.bind", quoted(bind));
    options.set("--health", "limber.cluster.health", quoted(health));
    if (!join.isEmpty()) {
      String all = String.join(", ", join.stream().map(ClusterOptions::quoted).toList());
      options.set("--join", "limber.cluster.join", "[" + all + "]");
    }
  }

  private static String quoted(String text) {
    return text == null ? null : "\"" + text.replace("\"", "") + "\"";
  }
}
