package io.limber.app.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Few combinations of settings in which every pair of values of two keys occurs that can: most
 * faults of combinations are faults of a pair (Kuhn, Wallace and Gallo 2004), and all of them
 * together would be thousands of runs.
 */
final class Pairs {

  /** How often a pair is tried with other values beside it before it counts as senseless. */
  private static final int TRIES = 60;

  private record Pair(String key, String value, String otherKey, String otherValue) {}

  private final Map<String, List<String>> values;
  private final Predicate<Map<String, String>> sensible;
  private final SplittableRandom random;

  private Pairs(
      Map<String, List<String>> values, Predicate<Map<String, String>> sensible, long seed) {
    this.values = values;
    this.sensible = sensible;
    random = new SplittableRandom(seed);
  }

  /**
   * The combinations.
   *
   * @param values of each key
   * @param sensible whether a combination is one that can run
   */
  static List<Map<String, String>> cover(
      Map<String, List<String>> values, Predicate<Map<String, String>> sensible, long seed) {
    return new Pairs(values, sensible, seed).cover();
  }

  private List<Map<String, String>> cover() {
    Set<Pair> open = new LinkedHashSet<>();
    all().forEach(combination -> open.addAll(combination));
    List<Map<String, String>> chosen = new ArrayList<>();
    while (!open.isEmpty()) {
      Pair next = open.iterator().next();
      Map<String, String> best = best(next, open);
      open.remove(next);
      if (best != null) {
        chosen.add(best);
        open.removeAll(pairs(best));
      }
    }
    return chosen;
  }

  /** All pairs, in one list per pair of keys. */
  private List<List<Pair>> all() {
    List<String> keys = List.copyOf(values.keySet());
    List<List<Pair>> all = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      for (int j = i + 1; j < keys.size(); j++) {
        List<Pair> pairs = new ArrayList<>();
        for (String a : values.get(keys.get(i))) {
          for (String b : values.get(keys.get(j))) {
            pairs.add(new Pair(keys.get(i), a, keys.get(j), b));
          }
        }
        all.add(pairs);
      }
    }
    return all;
  }

  /** The sensible combination with this pair that has most open pairs; null if none was found. */
  private Map<String, String> best(Pair pair, Set<Pair> open) {
    Map<String, String> best = null;
    long most = -1;
    for (int i = 0; i < TRIES; i++) {
      Map<String, String> tried = new LinkedHashMap<>();
      values.forEach((key, of) -> tried.put(key, of.get(random.nextInt(of.size()))));
      tried.put(pair.key(), pair.value());
      tried.put(pair.otherKey(), pair.otherValue());
      long count = pairs(tried).stream().filter(open::contains).count();
      if (count > most && sensible.test(tried)) {
        best = tried;
        most = count;
      }
    }
    return best;
  }

  private static Set<Pair> pairs(Map<String, String> combination) {
    List<Map.Entry<String, String>> entries = List.copyOf(combination.entrySet());
    Set<Pair> pairs = new LinkedHashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      for (int j = i + 1; j < entries.size(); j++) {
        pairs.add(
            new Pair(
                entries.get(i).getKey(),
                entries.get(i).getValue(),
                entries.get(j).getKey(),
                entries.get(j).getValue()));
      }
    }
    return pairs;
  }
}
