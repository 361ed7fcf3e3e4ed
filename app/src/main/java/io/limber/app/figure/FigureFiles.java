package io.limber.app.figure;

import io.limber.protos.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a figure: {@code NAME.csv} with its numbers, {@code NAME.svg}, {@code NAME.png}. */
public final class FigureFiles {

  private FigureFiles() {}

  /**
   * Writes all three files, each whole or not at all.
   *
   * @param folder made if it is not there
   * @throws IOException if a file cannot be written, or this machine has no fonts for the PNG; the
   *     CSV and the SVG are there by then
   */
  public static void write(Path folder, FigureSpec spec, FigureTable table) throws IOException {
    put(folder.resolve(spec.name() + ".csv"), bytes(FigureCsv.write(table)));
    draw(folder, spec, table);
  }

  /**
   * Draws a figure again from its CSV.
   *
   * @throws IOException if the CSV cannot be read or a picture not be written
   * @throws IllegalArgumentException if the CSV is not a figure's table; names the record
   */
  public static void redraw(Path folder, FigureSpec spec) throws IOException {
    draw(folder, spec, read(folder.resolve(spec.name() + ".csv")));
  }

  /**
   * The numbers of a figure.
   *
   * @throws IOException if {@code csv} cannot be read
   * @throws IllegalArgumentException if it is not a figure's table; names the record
   */
  public static FigureTable read(Path csv) throws IOException {
    return FigureCsv.read(Files.readString(csv));
  }

  /** The SVG of a figure; equal arguments give equal text. */
  public static String svg(FigureSpec spec, FigureTable table) {
    return FigureSvg.draw(spec, table);
  }

  private static void draw(Path folder, FigureSpec spec, FigureTable table) throws IOException {
    String svg = FigureSvg.draw(spec, table);
    put(folder.resolve(spec.name() + ".svg"), bytes(svg));
    put(folder.resolve(spec.name() + ".png"), FigurePng.of(svg));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void put(Path file, byte[] content) throws IOException {
    AtomicFile.write(file, out -> out.write(content));
  }
}
