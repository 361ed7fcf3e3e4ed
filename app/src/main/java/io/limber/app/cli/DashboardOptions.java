package io.limber.app.cli;

import picocli.CommandLine.Option;

/** How a training run shows itself. */
final class DashboardOptions {

  @Option(
      names = "--dashboard",
      negatable = true,
      description =
          "Serve the live dashboard of this run, or do not (limber.dashboard.enabled; default: do).")
  private Boolean enabled;

  @Option(
      names = "--dashboard-port",
      paramLabel = "N",
      description = "Its port on this machine; 0 for any free one (limber.dashboard.port).")
  private String port;

  @Option(
      names = "--allow-control",
      description =
          "Let the dashboard pause, measure and stop the run, with the token that is printed at"
              + " start (limber.dashboard.allow-control).")
  private Boolean allowControl;

  void addTo(ConfigOptions options) {
    options.set("--dashboard", "limber.dashboard.enabled", text(enabled));
    options.set("--dashboard-port", "limber.dashboard.port", port);
    options.set("--allow-control", "limber.dashboard.allow-control", text(allowControl));
  }

  private static String text(Boolean value) {
    return value == null ? null : value.toString();
  }
}
