package io.limber.streams.metrics;

import io.limber.core.probe.ProbeTables;
import io.limber.core.probe.Table;
import io.limber.protos.tensorboard.EventCodec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * The cosines of gradients as a picture: 1 is red, 0 white, −1 blue, what is not finite grey. Rows
 * and columns as the probe ordered them.
 *
 * @param tag TensorBoard's name of the series
 * @param rows a square matrix
 */
record CosineImage(String tag, List<double[]> rows) {

  /** Small matrices get as many pixels per number as fit into it. */
  private static final int PIXELS = 512;

  private static final int RED = 0xb2182b;
  private static final int BLUE = 0x2166ac;
  private static final int WHITE = 0xffffff;
  private static final int GREY = 0x808080;

  /** The picture of the table {@code cosines}, if there is one. */
  static Optional<CosineImage> of(ProbeTables tables) {
    Optional<Table> cosines = TableHistograms.table(tables, "cosines");
    return cosines.map(table -> new CosineImage(tables.probe() + "/cosines", table.rows()));
  }

  /** An event with the picture as PNG. */
  byte[] event(Instant time, long step) throws IOException {
    int scale = Math.max(1, PIXELS / rows.size());
    int size = scale * rows.size();
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size; y++) {
      double[] row = rows.get(y / scale);
      for (int x = 0; x < size; x++) {
        image.setRGB(x, y, colour(row[x / scale]));
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return EventCodec.image(time, step, tag, size, size, png.toByteArray());
  }

  static int colour(double cosine) {
    if (!Double.isFinite(cosine)) {
      return GREY;
    }
    double strength = Math.min(1, Math.abs(cosine));
    int end = cosine > 0 ? RED : BLUE;
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = WHITE >> shift & 0xff;
      int to = end >> shift & 0xff;
      colour |= (int) Math.round(from + strength * (to - from)) << shift;
    }
    return colour;
  }
}
