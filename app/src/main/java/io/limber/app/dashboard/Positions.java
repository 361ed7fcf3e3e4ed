package io.limber.app.dashboard;

import io.limber.app.dashboard.Feed.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a client is in each run that it watches, as the id of a server-sent event. */
final class Positions {

  private static final Pattern ONE = Pattern.compile("([0-9a-f]{1,16})-(\\d{1,18})");

  private Positions() {}

  static String text(List<Position> positions) {
    StringBuilder text = new StringBuilder();
    for (Position position : positions) {
      text.append(text.isEmpty() ? "" : ".");
      text.append(position.incarnation().isEmpty() ? "0" : position.incarnation());
      text.append('-').append(position.version());
    }
    return text.toString();
  }

  /** What {@code text} says; nowhere for runs of which it says nothing that can be read. */
  static List<Position> parse(String text, int runs) {
    String[] parts = text.split("\\.", runs + 1);
    List<Position> positions = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      Matcher one = ONE.matcher(i < parts.length ? parts[i] : "");
      positions.add(
          one.matches()
              ? new Position(one.group(1), Long.parseLong(one.group(2)))
              : Position.NOWHERE);
    }
    return positions;
  }
}
