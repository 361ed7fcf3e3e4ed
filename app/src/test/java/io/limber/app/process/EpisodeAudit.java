package io.limber.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.TimedReport;
import io.limber.testkit.process.Await;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Whether environments that move between nodes begin whole episodes there. Episodes end after a
 * fixed number of steps and are counted anew with a placement: if one went on with an episode of an
 * earlier placement, its first episodes would end too early.
 *
 * <p>That a placement began is seen by the count that falls. So an environment must have ended
 * episodes in each placement before the next one, which {@link #awaitPlacements} is for.
 */
final class EpisodeAudit {

  private final Fleet fleet;
  private final Map<String, Source> sources = new TreeMap<>();
  private int read; // reports that were looked at

  EpisodeAudit(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * Waits until the environments have been placed so often, all of them together, and each has
   * ended episodes where it is.
   */
  void awaitPlacements(int count) throws Exception {
    Await.until(
        count + " placements of environments, with episodes that ended in each",
        Fleet.LIMIT,
        () ->
            placements() == count
                && sources.values().stream().allMatch(source -> source.episodes > 0));
  }

  /** Fails if any placement began within an episode, or if there were more or fewer of them. */
  void requireWhole(int placements) throws IOException {
    assertThat(placements()).as("placements of environments").isEqualTo(placements);
  }

  private int placements() throws IOException {
    List<TimedReport> reports = fleet.log().reports();
    for (; read < reports.size(); read++) {
      take(reports.get(read).report());
    }
    return sources.values().stream().mapToInt(source -> source.placements).sum();
  }

  private void take(Report report) {
    OptionalDouble episodes = EventLog.value(report, Metric.ENVIRONMENT_EPISODES);
    if (episodes.isPresent()) {
      double steps = EventLog.value(report, Metric.ENVIRONMENT_STEPS).orElseThrow();
      Source source = sources.computeIfAbsent(report.source(), name -> new Source());
      assertThat(source.canHave(steps, episodes.getAsDouble()))
          .as("whole episodes in %s", report)
          .isTrue();
    }
  }

  /** At how many steps of its environments the newest placement can have begun. */
  private static final class Source {

    /** Steps of one episode in all environments. */
    private static final double ROUND = Fleet.PER_ACTOR * Fleet.EPISODE_STEPS;

    /** A placement begins at the steps that were stored, which may be fewer than were taken. */
    private static final double UNSTORED = 16 * Fleet.PER_ACTOR;

    private int placements = 1;
    private double least;
    private double most;
    private double steps;
    private double episodes;

    boolean canHave(double newSteps, double newEpisodes) {
      if (newEpisodes < episodes || newSteps < steps) {
        placements++;
        least = Math.max(0, steps - UNSTORED);
        most = newSteps;
      }
      steps = newSteps;
      episodes = newEpisodes;
      double rounds = newEpisodes / Fleet.PER_ACTOR;
      least = Math.max(least, newSteps - (rounds + 1) * ROUND + 1);
      most = Math.min(most, newSteps - rounds * ROUND);
      return rounds == Math.floor(rounds) && least <= most;
    }
  }
}
