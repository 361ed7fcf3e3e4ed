package io.limber.app.dashboard;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.Query;
import io.limber.app.history.ProbeFiles;
import io.limber.app.history.RunStatus;
import io.limber.app.history.ShownRun;
import io.limber.app.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is told about each run, by its id. A path is never made of what a request says. */
final class RunPages {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern SECRET =
      Pattern.compile("(?im)^(\\s*\\S*(?:password|secret|token|webhook)[^=:{]*[=:]).*$");
  private static final long MOST_CONFIG_BYTES = 1 << 20;
  private static final int MOST_STEPS = 128;
  private static final int MOST_ROWS = 1024;

  private record Page(ShownRun run, ProbeFiles probes, Feed feed) {}

  private final Map<String, Page> pages = new LinkedHashMap<>();

  RunPages(List<ShownRun> runs, Duration interval) {
    for (ShownRun run : runs) {
      Page page = new Page(run, new ProbeFiles(run.folder()), new Feed(run, interval));
      if (pages.put(run.id(), page) != null) {
        throw new IllegalArgumentException("two runs have the id " + run.id());
      }
    }
  }

  Optional<ShownRun> run(String id) {
    return Optional.ofNullable(pages.get(id)).map(Page::run);
  }

  /** The feeds of these runs; empty if one is not shown, or there are none. */
  Optional<List<Feed>> feeds(List<String> ids) {
    List<Feed> feeds = new ArrayList<>();
    for (String id : ids) {
      if (!pages.containsKey(id) || feeds.size() == pages.size()) {
        return Optional.empty();
      }
      feeds.add(pages.get(id).feed());
    }
    return feeds.isEmpty() ? Optional.empty() : Optional.of(feeds);
  }

  /** All runs and how they are. */
  HttpResponse list() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Page page : pages.values()) {
      RunStatus status = page.run().history().status();
      list.add(
          Map.of(
              "id", page.run().id(),
              "folder", page.run().folder().toString(),
              "status", status.state().name().toLowerCase(Locale.ROOT),
              "detail", status.detail(),
              "step", page.run().history().step()));
    }
    return Answers.json(Json.line(Map.of("runs", list)));
  }

  /**
   * A page of a run.
   *
   * @param path behind the run's id
   */
  HttpResponse page(String id, List<String> path, Query query) throws IOException {
    Page page = pages.get(id);
    if (page == null || path.isEmpty()) {
      return Answers.notFound();
    }
    if (path.equals(List.of("config"))) {
      return config(page.run().folder().resolve("config.conf"));
    }
    if (path.equals(List.of("history"))) {
      Feed.Step all = page.feed().after(Feed.Position.NOWHERE);
      return Answers.bytes(ContentTypes.APPLICATION_JSON, all.text().toArray());
    }
    if (path.equals(List.of("tables"))) {
      return Answers.json(Json.line(Map.of("probes", new TreeMap<>(page.probes().steps()))));
    }
    boolean table = path.size() == 3 && path.get(0).equals("tables");
    if (table && NAME.matcher(path.get(1)).matches() && NAME.matcher(path.get(2)).matches()) {
      int steps = number(query, "steps", MOST_STEPS);
      int rows = number(query, "rows", MOST_ROWS);
      return Answers.json(page.probes().tables(path.get(1), path.get(2), steps, rows));
    }
    return Answers.notFound();
  }

  /** Without what looks like a secret. */
  private static HttpResponse config(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_CONFIG_BYTES) {
      return Answers.notFound();
    }
    return Answers.text(SECRET.matcher(Files.readString(file)).replaceAll("$1 <hidden>"));
  }

  private static int number(Query query, String name, int most) {
    String text = query.get(name).orElse("");
    return text.matches("\\d{1,6}") ? Math.max(1, Math.min(most, Integer.parseInt(text))) : most;
  }
}
