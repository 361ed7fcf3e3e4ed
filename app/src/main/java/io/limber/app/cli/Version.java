package io.limber.app.cli;

import picocli.CommandLine.IVersionProvider;

/** Version of the program, from the jar's manifest. */
final class Version implements IVersionProvider {

  /** The version; {@code development} when it does not run from its jar. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "limber " + text(), "Java " + Runtime.version() + ", " + System.getProperty("os.name")
    };
  }
}
