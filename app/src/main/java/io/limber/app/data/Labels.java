package io.limber.app.data;

import io.limber.core.data.DataFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A JSON list of small whole numbers. */
final class Labels {

  private static final int LONGEST = 1 << 24; // characters; CIFAR-10's 50,000 labels take 100,001

  private final String name;
  private final int[] labels;

  private Labels(String name, int[] labels) {
    this.name = name;
    this.labels = labels;
  }

  /**
   * Reads a list.
   *
   * @throws DataFileException if it is missing or is no such list; the message says where
   */
  static Labels read(PackageFiles files, String file) {
    String name = files.name(file);
    try (InputStream in = files.open(file)) {
      byte[] content = in.readNBytes(LONGEST);
      return new Labels(name, parse(name, new String(content, StandardCharsets.UTF_8).strip()));
    } catch (IOException e) {
      throw DataFileException.unreadable(name, e);
    }
  }

  private static int[] parse(String name, String text) {
    if (!text.startsWith("[") || !text.endsWith("]")) {
      throw DataFileException.corrupt(
          name, "is no JSON list of labels: it does not begin with [ and end with ]");
    }
    String[] items = text.substring(1, text.length() - 1).split(",", -1);
    int[] labels = new int[items.length];
    for (int i = 0; i < items.length; i++) {
      String item = items[i].strip();
      if (!item.matches("[0-9]{1,9}")) {
        throw DataFileException.corrupt(name, "has no label at place " + i + ": '" + item + "'");
      }
      labels[i] = Integer.parseInt(item);
    }
    return labels;
  }

  /** Where they come from, for messages. */
  String name() {
    return name;
  }

  int size() {
    return labels.length;
  }

  int get(int image) {
    return labels[image];
  }
}
