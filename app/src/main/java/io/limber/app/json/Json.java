package io.limber.app.json;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders maps, lists, numbers, strings and booleans as JSON; keys come out sorted. */
public final class Json {

  private Json() {}

  /** On one line. NaN and infinities, which JSON lacks, become null. */
  public static String line(Map<String, ?> object) {
    return render(object, false);
  }

  /** With line breaks, for files that people open; ends with a line break. */
  public static String document(Map<String, ?> object) {
    return render(object, true);
  }

  private static String render(Map<String, ?> object, boolean formatted) {
    return ConfigValueFactory.fromAnyRef(clean(object))
        .render(ConfigRenderOptions.concise().setFormatted(formatted));
  }

  private static Object clean(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> cleaned = new LinkedHashMap<>();
      map.forEach((key, inner) -> cleaned.put(String.valueOf(key), clean(inner)));
      return cleaned;
    }
    if (value instanceof Collection<?> collection) {
      // A stream's toList, unlike List.copyOf, may hold null.
      List<Object> cleaned = collection.stream().map(Json::clean).toList();
      return cleaned;
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return null;
    }
    boolean plain =
        value == null
            || value instanceof String
            || value instanceof Boolean
            || value instanceof Number;
    return plain ? value : value.toString();
  }
}
