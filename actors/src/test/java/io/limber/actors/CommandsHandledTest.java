package io.limber.actors;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.javadsl.AbstractBehavior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java 17 cannot check that a receive builder covers a sealed interface, so this does. */
class CommandsHandledTest {

  private static final Path SOURCES = Path.of("src", "main", "java");

  static List<Class<?>> actors() throws IOException {
    try (var files = Files.walk(SOURCES)) {
      return files
          .map(SOURCES::relativize)
          .map(Path::toString)
          .filter(file -> file.endsWith(".java") && !file.endsWith("package-info.java"))
          .<Class<?>>map(file -> load(file.substring(0, file.length() - 5).replace('/', '.')))
          .filter(AbstractBehavior.class::isAssignableFrom)
          .toList();
    }
  }

  @Test
  void actors_inThisModule_areFound() throws IOException {
    assertThat(actors()).hasSizeGreaterThanOrEqualTo(8);
  }

  @ParameterizedTest
  @MethodSource("actors")
  void actor_everyPermittedCommand_isInItsReceiveBuilder(Class<?> actor) throws IOException {
    Class<?> command =
        Arrays.stream(actor.getDeclaredClasses())
            .filter(nested -> nested.getSimpleName().equals("Command"))
            .findFirst()
            .orElseThrow();
    assertThat(command.isSealed()).isTrue();
    String source = Files.readString(SOURCES.resolve(actor.getName().replace('.', '/') + ".java"));
    String builder =
        source.substring(source.indexOf("newReceiveBuilder()"), source.indexOf(".build();"));

    for (Class<?> permitted : command.getPermittedSubclasses()) {
      String name = permitted.getSimpleName();
      assertThat(builder)
          .as(name)
          .containsAnyOf(
              ".onMessage(" + name + ".class,", ".onMessageEquals(" + name + ".INSTANCE,");
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, CommandsHandledTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
