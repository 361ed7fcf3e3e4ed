package io.limber.core.env;

import io.limber.core.state.SavedState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Checks that environments keep the contract of {@link Environment}, in the manner of Gymnasium's
 * {@code check_env}. Run it in a test of each environment you write:
 *
 * <pre>{@code
 * assertThat(EnvironmentChecker.violations(MyEnvironment::new, 1_000, 1L)).isEmpty();
 * }</pre>
 *
 * <p>What it cannot see: an end of the episode that does not come within {@code steps}, and whether
 * rewards and transitions are those of the task.
 */
public final class EnvironmentChecker {

  private static final int RESETS = 8;

  private final Supplier<? extends Environment> environments;
  private final int steps;
  private final long seed;
  private final List<String> violations = new ArrayList<>();

  private EnvironmentChecker(Supplier<? extends Environment> environments, int steps, long seed) {
    this.environments = environments;
    this.steps = steps;
    this.seed = seed;
  }

  /**
   * All rules that the environments break, as sentences; empty if none.
   *
   * @param environments makes a new environment at each call, all alike
   * @param steps actions to try in each check, at least 1; more than an episode takes, so that the
   *     ends of episodes are checked
   * @param seed of the actions and the resets
   */
  public static List<String> violations(
      Supplier<? extends Environment> environments, int steps, long seed) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps = " + steps + " must be at least 1");
    }
    EnvironmentChecker checker = new EnvironmentChecker(environments, steps, seed);
    checker.check("spaces", checker::checkSpaces);
    if (checker.violations.isEmpty()) { // nothing else can be asked without sound spaces
      checker.check("before the first reset", checker::checkBeforeReset);
      checker.check("observations", checker::checkObservations);
      checker.check("seeded reset", checker::checkSeededReset);
      checker.check("unseeded reset", checker::checkUnseededReset);
      checker.check("steps", checker::checkSteps);
      checker.check("invalid actions", checker::checkInvalidActions);
      checker.check("saved state", checker::checkSavedState);
      checker.check("close", Trial::close); // check closes once more
    }
    return List.copyOf(checker.violations);
  }

  /** One rule at a time, on a fresh environment. */
  @FunctionalInterface
  private interface Check {
    void on(Trial trial);
  }

  private void check(String subject, Check check) {
    try (Trial trial = new Trial(environments.get())) {
      check.on(trial);
    } catch (Trial.Violation e) {
      violations.add(subject + ": " + e.getMessage());
    } catch (RuntimeException e) {
      violations.add(subject + ": throws " + e);
    }
  }

  private void checkSpaces(Trial trial) {
    trial.require(trial.space() != null && trial.actionSpace() != null, "spaces must not be null");
    try (Trial other = new Trial(environments.get())) {
      boolean stable =
          trial.space().equals(trial.space())
              && trial.actionSpace().equals(trial.actionSpace())
              && trial.space().equals(other.space())
              && trial.actionSpace().equals(other.actionSpace());
      trial.require(stable, "must be the same at every call and in every instance");
    }
  }

  private void checkBeforeReset(Trial trial) {
    trial.requireRefused(IllegalStateException.class, "a step", () -> trial.step(0));
    trial.requireRefused(IllegalStateException.class, "an unseeded reset", trial::reset);
  }

  /** Each byte of an observation is written: what was there before makes no difference. */
  private void checkObservations(Trial trial) {
    trial.fillWith(0x00);
    List<Object> overZeros = trial.run(seed, steps, new SplittableRandom(seed));
    trial.fillWith(0xff);
    trial.require(
        overZeros.equals(trial.run(seed, steps, new SplittableRandom(seed))),
        "every byte must be written, and equally at equal seeds");
  }

  /** Equal seeds, equal episodes: in another instance, and in this one whatever it did before. */
  private void checkSeededReset(Trial trial) {
    List<Object> episodes = trial.run(seed, steps, new SplittableRandom(seed));
    trial.require(
        episodes.equals(trial.run(seed, steps, new SplittableRandom(seed))),
        "equal seeds must give equal episodes when an instance is reset again");
    try (Trial other = new Trial(environments.get())) {
      trial.require(
          episodes.equals(other.run(seed, steps, new SplittableRandom(seed))),
          "equal seeds must give equal episodes in two instances");
    }
  }

  /**
   * An unseeded reset must not start the stream anew. Where seeds make no difference there is no
   * stream, so nothing to find.
   */
  private void checkUnseededReset(Trial trial) {
    List<Object> first = afterReset(trial, seed);
    boolean seedsMatter = false;
    for (int i = 1; i <= RESETS; i++) {
      seedsMatter |= !first.equals(afterReset(trial, seed + i));
    }
    trial.reset(seed);
    boolean goesOn = false;
    for (int i = 0; i < RESETS; i++) {
      trial.reset();
      goesOn |= !first.equals(trial.go(steps, new SplittableRandom(seed)));
    }
    trial.require(!seedsMatter || goesOn, "must go on with the random state, not start it anew");
  }

  private List<Object> afterReset(Trial trial, long resetSeed) {
    trial.reset(resetSeed);
    return trial.go(steps, new SplittableRandom(seed));
  }

  /**
   * Whoever is given a saved state goes on as the one that saved it; tried at several places of an
   * episode. Saving nothing is allowed.
   */
  private void checkSavedState(Trial trial) {
    for (int i = 0; i < RESETS; i++) {
      trial.run(seed, steps, new SplittableRandom(seed));
      take(trial, i);
      trial.save().ifPresent(saved -> checkRestored(trial, saved));
    }
  }

  private void checkRestored(Trial trial, SavedState saved) {
    List<Object> goesOn = afterObservation(trial);
    try (Trial other = new Trial(environments.get())) {
      other.reset(seed + 1);
      other.restore(saved);
      trial.require(
          goesOn.equals(afterObservation(other)),
          "an instance with the state of another must go on as that one does");
    }
  }

  private static void take(Trial trial, int count) {
    for (int i = 0; i < count; i++) {
      if (trial.step(0).last()) {
        trial.reset();
      }
    }
  }

  /** What follows on the current observation, which no environment holds. */
  private List<Object> afterObservation(Trial trial) {
    List<Object> happened = trial.go(steps, new SplittableRandom(seed));
    return happened.subList(1, happened.size());
  }

  private void checkSteps(Trial trial) {
    SplittableRandom actions = new SplittableRandom(seed);
    trial.reset(seed);
    int labelled = 0;
    for (int i = 0; i < steps; i++) {
      Step step = trial.step(actions.nextInt(trial.actionSpace().actions()));
      trial.require(
          Double.isFinite(step.reward()), "reward " + step.reward() + " must be a finite number");
      labelled += checkLabel(trial, step) ? 1 : 0;
      if (step.last()) {
        trial.requireRefused(
            IllegalStateException.class, "a step after the episode's end", () -> trial.step(0));
        trial.reset();
      }
    }
    trial.require(
        labelled == 0 || labelled == steps, "a label must come with every step or with none");
  }

  private static boolean checkLabel(Trial trial, Step step) {
    boolean labelled = step.label() != Step.NO_LABEL;
    trial.require(
        !labelled || trial.actionSpace().contains(step.label()),
        "label " + step.label() + " must be an action or " + Step.NO_LABEL);
    return labelled;
  }

  private void checkInvalidActions(Trial trial) {
    trial.reset(seed);
    int actions = trial.actionSpace().actions();
    for (int action : new int[] {-1, actions, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      trial.requireRefused(
          IllegalArgumentException.class, "action " + action, () -> trial.step(action));
    }
    trial.step(0); // the episode goes on
  }
}
