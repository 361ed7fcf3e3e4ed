package io.limber.app.cli;

import io.limber.app.run.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** Version of the program, from the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "limber " + ProgramVersion.text(),
      "Java " + Runtime.version() + ", " + System.getProperty("os.name")
    };
  }
}
