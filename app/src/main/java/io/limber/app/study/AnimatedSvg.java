package io.limber.app.study;

import io.limber.app.figure.FigureFiles;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An animation as one SVG without script: all frames on top of each other, one visible at a time.
 */
final class AnimatedSvg {

  private static final double SECONDS_PER_FRAME = 0.8;

  private static final Pattern SIZE =
      Pattern.compile("<svg[^>]*\\swidth=\"([0-9.]+)\"[^>]*\\sheight=\"([0-9.]+)\"");

  private AnimatedSvg() {}

  static String of(Animation animation) {
    List<String> frames =
        animation.frames().stream()
            .map(frame -> FigureFiles.svg(frame.spec(), frame.table()))
            .toList();
    Matcher size = SIZE.matcher(frames.get(0));
    if (!size.find()) {
      throw new IllegalStateException("the figure " + animation.name() + " has no size");
    }
    String head =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%s\" height=\"%s\">\n"
            .formatted(size.group(1), size.group(2));
    return IntStream.range(0, frames.size())
        .mapToObj(i -> frame(frames.get(i), i, frames.size()))
        .collect(Collectors.joining("", head, "</svg>\n"));
  }

  /** The first is visible where nothing moves, on paper for instance. */
  private static String frame(String svg, int index, int count) {
    String values =
        IntStream.range(0, count)
            .mapToObj(i -> i == index ? "visible" : "hidden")
            .collect(Collectors.joining(";"));
    String body = svg.replaceFirst("(?s)^.*?(?=<svg)", "");
    return String.format(
        Locale.ROOT,
        "<g visibility=\"%s\">\n"
            + "<animate attributeName=\"visibility\" calcMode=\"discrete\" dur=\"%.1fs\""
            + " repeatCount=\"indefinite\" values=\"%s\"/>\n"
            + "%s\n"
            + "</g>\n",
        index == 0 ? "visible" : "hidden",
        count * SECONDS_PER_FRAME,
        values,
        body);
  }
}
