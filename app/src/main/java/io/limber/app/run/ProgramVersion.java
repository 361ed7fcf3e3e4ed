package io.limber.app.run;

/** Which Limber this is. */
public final class ProgramVersion {

  private ProgramVersion() {}

  /** The version; {@code development} when it does not run from its jar. */
  public static String text() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
