package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementsTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Placements<String> placements =
      new Placements<>(
          List.of("environment-0", "environment-1", "environment-2", "environment-3"),
          Duration.ofSeconds(1),
          Duration.ofSeconds(4));

  private void vacateAll() {
    for (int i = 0; i < 4; i++) {
      placements.vacated("environment-" + i, 0);
    }
  }

  @Test
  void place_onTwoNodes_givesEachTheSame() {
    vacateAll();
    placements.join("a");
    placements.join("b");

    assertThat(placements.place(0)).containsExactlyInAnyOrder("a", "b");

    assertThat(placements.on("a")).hasSize(2).allMatch(placed -> placed.placement() == 1);
    assertThat(placements.on("b")).hasSize(2);
  }

  @Test
  void place_withoutANode_waitsForOne() {
    vacateAll();

    assertThat(placements.place(0)).isEmpty();
    assertThat(placements.nextNanos()).isEmpty();
    placements.join("a");

    assertThat(placements.place(0)).containsExactly("a");
  }

  @Test
  void leave_environmentsOfTheNode_arePlacedAnewLaterAndLater() {
    vacateAll();
    placements.join("a");
    placements.place(0);
    placements.join("b");
    for (int loss = 1; loss <= 4; loss++) {
      long now = loss * 100; // all within the time after which losses are forgotten
      String from = placements.on("a").isEmpty() ? "b" : "a";
      List<String> lost = placements.leave(from, now);
      assertThat(lost).hasSize(4);
      vacateAll();
      long backoff = Math.min(4, 1L << (loss - 1)) * SECOND;

      assertThat(placements.place(now + backoff - 1)).isEmpty();
      assertThat(placements.nextNanos()).hasValue(now + backoff);
      assertThat(placements.place(now + backoff)).hasSize(1);
      assertThat(placements.nextPlacement("environment-0")).isEqualTo(loss + 2);
      placements.join(from);
    }
    assertThat(placements.losses()).isEqualTo(16);
  }

  @Test
  void rebalance_aNodeThatJoins_takesOneAfterTheOtherUntilEven() {
    vacateAll();
    placements.join("a");
    placements.place(0);
    placements.join("b");

    for (int moved = 1; moved <= 2; moved++) {
      Placements.Move<String> move = placements.rebalance().orElseThrow();
      assertThat(move.from()).isEqualTo("a");
      assertThat(placements.rebalance()).isEmpty(); // not before the first one has arrived
      placements.vacated(move.environment(), 64);
      assertThat(placements.place(0)).containsExactly("b");
    }

    assertThat(placements.rebalance()).isEmpty();
    assertThat(placements.on("b")).hasSize(2).allMatch(placed -> placed.steps() == 64);
    assertThat(placements.losses()).isZero();
  }

  @Test
  void lost_ofAnEarlierPlacement_isNoLoss() {
    vacateAll();
    placements.join("a");
    placements.place(0);

    assertThat(placements.lost("environment-0", 0, 1)).isFalse();
    assertThat(placements.lost("environment-0", 1, 1)).isTrue();
    assertThat(placements.on("a")).hasSize(3);
  }
}
