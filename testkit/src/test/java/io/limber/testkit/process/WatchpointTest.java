package io.limber.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.testkit.process.Watchpoint.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchpointTest {

  @TempDir private Path folder;

  @Test
  void write_ofAField_standsStillBeforeIt() throws Exception {
    try (JavaProcess process = start()) {
      at(Access.WRITE, "countOn", "count").await(process, "count", 2);

      process.kill();

      assertThat(process.output()).endsWith("counted to 1", "counted to 2").hasSize(3);
    }
  }

  @Test
  void read_ofAField_standsStillBeforeIt() throws Exception {
    try (JavaProcess process = start()) {
      at(Access.READ, "countOn", "word").await(process, "count", 2);

      process.kill();

      assertThat(process.output()).endsWith("counted to 1").hasSize(2);
    }
  }

  @Test
  void place_thatIsNeverCome_failsAtTheEndOfTheProcess() throws Exception {
    for (Watchpoint nowhere :
        List.of(at(Access.READ, "main", "word"), at(Access.WRITE, "countOn", "word"))) {
      try (JavaProcess process = start()) {
        assertThatThrownBy(() -> nowhere.await(process, "count", 2))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("ended before Watchpoint");
      }
    }
  }

  @Test
  void field_thatIsNone_isNamed() throws Exception {
    try (JavaProcess process = start()) {
      assertThatThrownBy(() -> at(Access.READ, "countOn", "name").await(process, "count", 2))
          .isInstanceOf(AssertionError.class)
          .hasMessage(CountingProgram.class.getName() + " has no field name");
    }
  }

  private static Watchpoint at(Access access, String method, String field) {
    return new Watchpoint(access, CountingProgram.class.getName(), method, field);
  }

  private JavaProcess start() throws IOException {
    return JavaProcess.start(
        folder.resolve("errors"), List.of(Watchpoint.OPTION, CountingProgram.class.getName()));
  }
}
