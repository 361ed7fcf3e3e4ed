package io.limber.app.figure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.batik.transcoder.SVGAbstractTranscoder;
import org.apache.batik.transcoder.TranscoderException;
import org.apache.batik.transcoder.TranscoderInput;
import org.apache.batik.transcoder.TranscoderOutput;
import org.apache.batik.transcoder.image.PNGTranscoder;

/** Turns a figure's SVG into pixels, with the fonts of this machine. */
final class FigurePng {

  /** Twice the size of the SVG: 1,840 pixels are 300 per inch on a column of 15 cm. */
  private static final float SCALE = 2;

  private static final Pattern WIDTH = Pattern.compile("<svg[^>]*\\swidth=\"([0-9.]+)\"");

  /** CSS 3, beside its SVG 1.1 equivalent: Batik knows the latter only. */
  private static final String BROWSERS_ONLY = "; image-rendering: pixelated";

  private FigurePng() {}

  /**
   * @throws IOException if Java finds no fonts on this machine; says what to install
   */
  static byte[] of(String svg) throws IOException {
    System.setProperty("java.awt.headless", "true"); // read once, before AWT starts
    Matcher width = WIDTH.matcher(svg);
    if (!width.find()) {
      throw new IllegalArgumentException("the SVG has no width");
    }
    PNGTranscoder transcoder = new PNGTranscoder();
    transcoder.addTranscodingHint(
        SVGAbstractTranscoder.KEY_WIDTH, SCALE * Float.parseFloat(width.group(1)));
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      transcoder.transcode(
          new TranscoderInput(new StringReader(svg.replace(BROWSERS_ONLY, ""))),
          new TranscoderOutput(png));
    } catch (TranscoderException | LinkageError | InternalError e) {
      throw new IOException(
          "no PNG could be drawn (" + e + "); on Debian, fonts-dejavu-core and libfontconfig1 help",
          e);
    }
    return png.toByteArray();
  }
}
