package io.limber.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FarewellsTest {

  private final ActorRef<Void> replay = guest("replay");
  private final ActorRef<Void> agents = guest("agents");
  private final ActorRef<Void> probes = guest("probes");
  private final List<String> told = new ArrayList<>();
  private final Farewells farewells = new Farewells();

  FarewellsTest() {
    farewells.add(replay, () -> told.add("replay"));
    farewells.add(agents, () -> told.add("agents"));
  }

  private static ActorRef<Void> guest(String name) {
    return TestInbox.<Void>create(name).getRef();
  }

  @Test
  void begin_tellsOneGuestAfterTheOther() {
    farewells.begin();
    assertThat(told).containsExactly("replay");

    farewells.ended(replay);
    assertThat(told).containsExactly("replay", "agents");
    assertThat(farewells.over()).isFalse();

    farewells.ended(agents);
    assertThat(farewells.over()).isTrue();
  }

  @Test
  void anotherGuestsEnd_isNotTheEndOfTheFarewellUnderWay() {
    farewells.begin();

    farewells.ended(probes);

    assertThat(told).containsExactly("replay");
    assertThat(farewells.over()).isFalse();
  }

  @Test
  void guestThatEndsBeforeItsTurn_isPassedOver() {
    farewells.begin();
    farewells.ended(agents);
    assertThat(farewells.over()).isFalse();

    farewells.ended(replay);

    assertThat(told).containsExactly("replay");
    assertThat(farewells.over()).isTrue();
  }

  @Test
  void begin_again_tellsNobody() {
    farewells.begin();

    farewells.begin();

    assertThat(told).containsExactly("replay");
  }

  @Test
  void begin_withoutGuests_isOverAtOnce() {
    Farewells none = new Farewells();
    assertThat(none.over()).isFalse();

    none.begin();

    assertThat(none.over()).isTrue();
  }
}
