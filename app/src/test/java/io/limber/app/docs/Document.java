package io.limber.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Markdown file promises: links, paths and commands.
 *
 * @param path where it is, absolute
 * @param links targets of its links and pictures, without web addresses and without fragments
 * @param spans texts between backticks, outside of code blocks
 * @param commands shell lines of its code blocks and those spans that are one, comments stripped
 */
record Document(Path path, List<String> links, List<String> spans, List<String> commands) {

  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern COMMAND = Pattern.compile("(\\./limber|limber|mvn|\\.ci/run)( .*)?");

  static Document read(Path path) throws IOException {
    StringBuilder prose = new StringBuilder();
    List<String> commands = new ArrayList<>();
    boolean inCode = false;
    for (String line : Files.readString(path).replace("\\\n", " ").split("\n")) {
      if (line.strip().startsWith("```")) {
        inCode = !inCode;
      } else if (inCode) {
        commands.add(line.replaceAll("(^|\\s)#.*", "").strip());
      } else {
        prose.append(line).append('\n');
      }
    }
    List<String> spans = find(SPAN, prose.toString()).toList();
    commands.addAll(spans);
    return new Document(
        path,
        find(LINK, prose.toString())
            .map(link -> link.replaceAll("#.*", ""))
            .filter(link -> !link.isEmpty() && !link.matches("[a-z]+:.*"))
            .toList(),
        spans,
        commands.stream().filter(line -> COMMAND.matcher(line).matches()).toList());
  }

  private static Stream<String> find(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(r -> r.groupCount() == 1 || r.group(1) != null ? r.group(1) : r.group(2));
  }
}
