package io.limber.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void line_ofNestedValues_isJsonWithSortedKeys() {
    Map<String, Object> object =
        Map.of("b", List.of(1, 2.5), "a", Map.of("path", Path.of("x\"y")), "c", true);

    assertThat(Json.line(object))
        .isEqualTo("{\"a\":{\"path\":\"x\\\"y\"},\"b\":[1,2.5],\"c\":true}");
  }

  @Test
  void line_ofWhatJsonLacks_isNull() {
    assertThat(Json.line(Map.of("nan", Double.NaN, "list", List.of(Double.POSITIVE_INFINITY))))
        .isEqualTo("{\"list\":[null],\"nan\":null}");
  }
}
