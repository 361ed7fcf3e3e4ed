package io.limber.app.figure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.letsPlot.awt.plot.PlotSvgExport;

/** Draws a figure as SVG, without fonts or a screen: texts are measured from Lets-Plot's tables. */
final class FigureSvg {

  /** Lets-Plot draws identifiers at random: a letter for what they name, then six characters. */
  private static final Pattern IDENTIFIER =
      Pattern.compile("(?<=\\bid=\")[a-z][A-Za-z0-9]{6}(?=\")");

  private FigureSvg() {}

  /** Equal arguments give equal text; identifiers begin with the figure's name. */
  static String draw(FigureSpec spec, FigureTable table) {
    String svg =
        PlotSvgExport.INSTANCE.buildSvgImageFromRawSpecs(PlotSpec.of(spec, table), null, true);
    return withStableIdentifiers(svg, spec.name().replace('.', '-'));
  }

  /** Named by the figure, so that a page may hold several: their style sheets are global. */
  private static String withStableIdentifiers(String svg, String prefix) {
    Map<String, String> stable = new LinkedHashMap<>();
    IDENTIFIER
        .matcher(svg)
        .results()
        .map(MatchResult::group)
        .forEach(found -> stable.putIfAbsent(found, "f-" + prefix + "-" + stable.size()));
    if (stable.isEmpty()) {
      return svg;
    }
    return Pattern.compile("(?<=[\"#])(" + String.join("|", stable.keySet()) + ")\\b")
        .matcher(svg)
        .replaceAll(match -> Matcher.quoteReplacement(stable.get(match.group())));
  }
}
