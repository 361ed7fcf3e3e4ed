package io.limber.app.cli;

import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.Settings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the configuration that a run with the same options would obey. */
@Command(
    name = "config",
    header = "Check and print the effective configuration.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  limber config --set learner.batch-size=256",
      "  limber config --defaults                        every key, with its documentation"
    })
final class ConfigCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(
      names = "--defaults",
      description = "Print the documented defaults instead; other options play no part.")
  private boolean defaults;

  @Option(names = "--json", description = "Print JSON on one line.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (defaults) {
      out.println(EffectiveConfig.renderDefaults());
    } else {
      EffectiveConfig config = options.resolve();
      Settings.check(config.limber());
      out.println(json ? config.renderJson() : config.render());
    }
    out.flush();
    return ExitCode.OK.code();
  }
}
