package io.limber.app.dashboard;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of the page, read once. What is not on the list does not exist. */
final class Assets {

  private static final List<String> NAMES =
      List.of(
          "index.html",
          "style.css",
          "main.js",
          "store.js",
          "view.js",
          "axes.js",
          "lines.js",
          "charts.js",
          "heatmap.js",
          "tables.js",
          "sections.js",
          "status.js",
          "glance.js",
          "controls.js",
          "format.js",
          "icon.svg",
          "vendor/uPlot.esm.js",
          "vendor/uPlot.min.css");

  /** A file of the page. */
  record Asset(ContentType type, byte[] bytes) {}

  private final Map<String, Asset> assets = new TreeMap<>();

  Assets() {
    for (String name : NAMES) {
      assets.put("/" + name, new Asset(type(name), read(name)));
    }
    assets.put("/", assets.get("/index.html"));
  }

  Optional<Asset> at(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("/dashboard/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the page's file " + name + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContentType type(String name) {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".html" -> ContentTypes.TEXT_HTML_UTF8;
      case ".css" -> MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8);
      case ".svg" -> MediaTypes.IMAGE_SVG_XML.toContentType();
      default -> MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8);
    };
  }
}
