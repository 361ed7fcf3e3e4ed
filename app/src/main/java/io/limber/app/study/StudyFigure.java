package io.limber.app.study;

/**
 * A figure of a report.
 *
 * @param name kebab-case; name of its files
 * @param caption with units, seeds and what is drawn
 * @param picture renders it
 */
public record StudyFigure(String name, String caption, Picture picture) {

  /** A drawing, a function of the tables alone. */
  public interface Picture {

    /** As an SVG document, in UTF-8; equal data give equal text. */
    String svg();

    /** As a PNG file. */
    byte[] png();
  }
}
