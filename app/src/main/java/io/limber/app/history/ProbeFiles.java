package io.limber.app.history;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables in a run's {@code probes/}. Only files that a listing of the folder showed are opened,
 * links never, so that no request can name another. Thread-safe; one caller reads at a time.
 */
public final class ProbeFiles {

  private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9-]{0,63})-(\\d{1,18})\\.json");

  /** Characters of tables kept as they were rendered last. */
  private static final int CACHE_CHARACTERS = 16 << 20;

  private record Key(String probe, long step, String table, int rows) {}

  private final Path folder;
  private final Map<Key, String> cache = new LinkedHashMap<>(16, 0.75f, true);
  private long cached;
  private FileTime listedAt;
  private SortedMap<String, NavigableSet<Long>> listed = new TreeMap<>();

  /**
   * @param runFolder of the run; need not hold {@code probes/} yet
   */
  public ProbeFiles(Path runFolder) {
    folder = runFolder.resolve("probes");
  }

  /** The steps at which each probe left tables. */
  public synchronized SortedMap<String, NavigableSet<Long>> steps() throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return new TreeMap<>();
    }
    FileTime modified = Files.getLastModifiedTime(folder);
    if (!modified.equals(listedAt)) {
      listed = list();
      listedAt = modified;
    }
    return listed;
  }

  private SortedMap<String, NavigableSet<Long>> list() throws IOException {
    SortedMap<String, NavigableSet<Long>> steps = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          steps
              .computeIfAbsent(name.group(1), probe -> new TreeSet<>())
              .add(Long.parseLong(name.group(2)));
        }
      }
    }
    return steps;
  }

  /**
   * An array of tables, oldest first, as text: each an object with {@code step, columns, rows}.
   *
   * @param mostSteps as many files, spread evenly over the run, the first and the last among them
   * @param mostRows of each table, spread evenly
   */
  public synchronized String tables(String probe, String table, int mostSteps, int mostRows)
      throws IOException {
    StringJoiner array = new StringJoiner(",", "[", "]");
    NavigableSet<Long> steps = steps().get(probe);
    if (steps != null) {
      for (long step : spread(steps, mostSteps)) {
        String text = cached(new Key(probe, step, table, mostRows));
        if (!text.isEmpty()) {
          array.add(text);
        }
      }
    }
    return array.toString();
  }

  static List<Long> spread(NavigableSet<Long> steps, int most) {
    if (steps.size() <= most) {
      return List.copyOf(steps);
    }
    if (most == 1) {
      return List.of(steps.last());
    }
    List<Long> all = new ArrayList<>(steps);
    List<Long> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
    }
    return some;
  }

  private String cached(Key key) throws IOException {
    String text = cache.get(key);
    if (text == null) {
      Path file = folder.resolve(key.probe + "-" + key.step + ".json");
      text = TableFile.read(file, key.step, key.table, key.rows);
      cache.put(key, text);
      cached += text.length();
      evict();
    }
    return text;
  }

  private void evict() {
    var oldest = cache.values().iterator();
    while (cached > CACHE_CHARACTERS && cache.size() > 1) {
      cached -= oldest.next().length();
      oldest.remove();
    }
  }
}
