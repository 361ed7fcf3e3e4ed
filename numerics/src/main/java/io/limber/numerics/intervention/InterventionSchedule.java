package io.limber.numerics.intervention;

import io.limber.core.intervention.Firing;
import io.limber.core.intervention.Trigger;
import io.limber.core.intervention.Watch;
import io.limber.core.metrics.Measurement;
import io.limber.core.random.SeededRandom;
import io.limber.core.replay.Transitions;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import java.util.ArrayList;
import java.util.List;

/**
 * The interventions of one learner that fire, in their order: an injection before what acts on
 * units, these before what acts on whole layers, the optimiser last. Not thread-safe: one owner.
 */
public final class InterventionSchedule {

  private static final class Entry {
    private final String name;
    private final Watch watch;
    private final SeededRandom draws;
    private final Treatment treatment;
    private long firings;
    private boolean asked;

    private Entry(String name, Watch watch, SeededRandom draws, Treatment treatment) {
      this.name = name;
      this.watch = watch;
      this.draws = draws;
      this.treatment = treatment;
    }

    private SavedState state() {
      return SavedState.builder()
          .put("firings", firings)
          .put("watch", watch.state())
          .put("random", draws.state())
          .put("treatment", treatment.state())
          .build();
    }

    private void restore(SavedState state) {
      firings = state.integer("firings");
      watch.restore(state.part("watch"));
      draws.goOnFrom(state.integer("random"));
      treatment.restore(state.part("treatment"));
    }
  }

  private final int targetUpdatePeriod;
  private final List<Entry> entries = new ArrayList<>();

  InterventionSchedule(int targetUpdatePeriod) {
    this.targetUpdatePeriod = targetUpdatePeriod;
  }

  /**
   * Adds one behind the others.
   *
   * @param draws the treatment's random stream
   */
  void add(String name, Trigger trigger, SeededRandom draws, Treatment treatment) {
    entries.add(new Entry(name, new Watch(trigger, targetUpdatePeriod), draws, treatment));
  }

  /** What all of them go on from, beside the program's variables. */
  public SavedState state() {
    SavedState.Builder state = SavedState.builder();
    entries.forEach(entry -> state.put(entry.name, entry.state()));
    return state.build();
  }

  /**
   * Goes on from {@link #state}.
   *
   * @throws UnusableStateException if it is of other interventions
   */
  public void restore(SavedState state) {
    List<String> own = entries.stream().map(entry -> entry.name).toList();
    if (!List.copyOf(state.names()).equals(own)) {
      throw new UnusableStateException(
          "the saved learner has the interventions " + state.names() + ", this one " + own);
    }
    entries.forEach(entry -> entry.restore(state.part(entry.name)));
  }

  /** Takes in what a probe measured. */
  public void observe(List<Measurement> measurements) {
    entries.forEach(entry -> entry.watch.observe(measurements));
  }

  /**
   * Lets one fire at the next {@link #fire}, whatever its trigger says.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public void ask(String name) {
    Entry named =
        entries.stream()
            .filter(entry -> entry.name.equals(name))
            .findAny()
            .orElseThrow(
                () -> new IllegalArgumentException("no intervention " + name + " is switched on"));
    named.asked = true;
  }

  /**
   * Fires what is due; to be called once after each call of update and the synchronisation that may
   * follow it.
   *
   * @param step learner updates done
   * @param batch of that call
   */
  public List<Firing> fire(long step, Transitions batch) {
    List<Firing> firings = new ArrayList<>();
    for (Entry entry : entries) {
      boolean due = entry.watch.isDue(step); // asked in any case: it keeps count
      if (due || entry.asked) {
        entry.asked = false;
        fire(entry, step, batch, firings);
      }
    }
    return firings;
  }

  private static void fire(Entry entry, long step, Transitions batch, List<Firing> firings) {
    List<Treatment.Part> parts = entry.treatment.apply(step, batch);
    if (parts.isEmpty()) {
      return;
    }
    entry.firings++;
    for (Treatment.Part part : parts) {
      firings.add(
          new Firing(
              entry.name, part.name(), step, entry.firings, part.units(), part.parameters()));
    }
  }
}
