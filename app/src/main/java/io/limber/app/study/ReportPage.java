package io.limber.app.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A report as one HTML page that needs no network and no script; figures stand in it as SVG. */
final class ReportPage {

  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
      h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
      table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top;
      padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid #ddd; }
      figure { margin: 1.5rem 0; } figure svg { max-width: 100%; height: auto; }
      figcaption, .quiet { color: #555; font-size: 0.9rem; } .missing { border-left: 4px solid #d55e00; padding-left: 0.8rem; }
      @media print { body { margin: 0; max-width: none; } figure { break-inside: avoid; } }
      """;

  private final StringBuilder html = new StringBuilder();

  private final Path pictures;

  private ReportPage(Path pictures) {
    this.pictures = pictures;
  }

  /**
   * @param pictures where the figures' SVG files lie
   */
  static String html(StudyReport report, Path pictures) throws IOException {
    return new ReportPage(pictures).page(report);
  }

  private String page(StudyReport report) throws IOException {
    ReportHead head = report.head();
    String title = head.study().title();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    html.append("<title>").append(text(title)).append("</title>\n");
    html.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    html.append("<h1>").append(text(title)).append("</h1>\n");
    paragraph("quiet", about(head));
    completeness(head);
    heading("Verdicts");
    verdicts(report.verdicts());
    heading("Figures");
    for (StudyFigure figure : report.figures()) {
      picture(figure.spec().name(), "");
    }
    for (Animation animation : report.animations()) {
      picture(animation.name(), animation.caption());
    }
    heading("What was chosen");
    chosen(head.plan());
    heading("Where this comes from");
    rows(head.provenance().rows());
    html.append("</body>\n</html>\n");
    return html.toString();
  }

  private static String about(ReportHead head) {
    String sets = head.sets().isEmpty() ? "" : "; set: " + String.join(", ", head.sets());
    return "Study %s of “Understanding Plasticity in Neural Networks” (Lyle et al., ICML 2023): %s; %s scale, seeds 1 to %d%s."
        .formatted(head.study().name(), head.study().section(), head.scale(), head.seeds(), sets);
  }

  private void completeness(ReportHead head) {
    boolean whole = head.missing().isEmpty();
    paragraph(whole ? "quiet" : "missing", head.completeness() + ".");
    list(head.missing().stream().map(ReportHead::label).toList());
    if (!head.plan().leftOut().isEmpty()) {
      paragraph("quiet", "Left out at this scale:");
      list(head.plan().leftOut());
    }
  }

  private void verdicts(List<Verdict> verdicts) {
    html.append("<table>\n<tr><th>claim</th><th>verdict</th><th>measured</th></tr>\n");
    for (Verdict verdict : verdicts) {
      html.append("<tr><td>").append(text(verdict.claim())).append("</td><td><strong>");
      html.append(text(verdict.ruling().toString())).append("</strong></td><td>");
      html.append(text(verdict.measured())).append("</td></tr>\n");
    }
    html.append("</table>\n");
  }

  /** Its caption is part of a figure's picture, but not of an animation's. */
  private void picture(String name, String caption) throws IOException {
    html.append("<figure id=\"").append(name).append("\">\n");
    String svg = Files.readString(pictures.resolve(name + ".svg"));
    html.append(svg.replaceFirst("(?s)^.*?(?=<svg)", "")); // a page has no XML declaration
    if (!caption.isEmpty()) {
      html.append("\n<figcaption>").append(text(caption)).append("</figcaption>");
    }
    html.append("\n</figure>\n");
  }

  private void chosen(StudyPlan plan) {
    html.append("<table>\n<tr><th>what</th><th>chosen</th><th>why</th></tr>\n");
    for (OpenValue open : plan.open()) {
      html.append("<tr><td>").append(text(open.what())).append("</td><td>");
      html.append(text(open.chosen())).append("</td><td>");
      html.append(text(open.reason())).append("</td></tr>\n");
    }
    html.append("</table>\n");
  }

  private void rows(Map<String, String> rows) {
    html.append("<table>\n");
    rows.forEach(
        (name, value) ->
            html.append("<tr><th>")
                .append(text(name))
                .append("</th><td>")
                .append(text(value))
                .append("</td></tr>\n"));
    html.append("</table>\n");
  }

  private void heading(String title) {
    html.append("<h2>").append(text(title)).append("</h2>\n");
  }

  private void paragraph(String style, String content) {
    html.append("<p class=\"").append(style).append("\">").append(text(content)).append("</p>\n");
  }

  private void list(List<String> items) {
    if (!items.isEmpty()) {
      html.append("<ul>\n");
      items.forEach(item -> html.append("<li>").append(text(item)).append("</li>\n"));
      html.append("</ul>\n");
    }
  }

  private static String text(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
