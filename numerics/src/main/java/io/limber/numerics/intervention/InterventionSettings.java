package io.limber.numerics.intervention;

import io.limber.core.agent.LearnerSettings;
import io.limber.core.config.Section;
import io.limber.core.intervention.Trigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code limber.interventions}.
 *
 * @param resetLastLayer when
 * @param resetOptimizer when, and what
 * @param shrinkAndPerturb when, and how strongly
 * @param redo when, and which units are dormant
 * @param continualBackprop when, and how many units
 * @param l2Init λ of λ Σ (θ − θ₀)²; 0 for none
 * @param spectralNormalisation whether the first kernel's largest singular value is kept at 1
 * @param plasticityInjection when, and into what
 * @param nap when, and what is projected
 */
public record InterventionSettings(
    Trigger resetLastLayer,
    ResetOptimizer resetOptimizer,
    ShrinkAndPerturb shrinkAndPerturb,
    Redo redo,
    ContinualBackprop continualBackprop,
    double l2Init,
    boolean spectralNormalisation,
    PlasticityInjection plasticityInjection,
    Nap nap) {

  /** What is reset of an optimiser. */
  public enum Slots {
    MOMENTS_AND_STEP,
    STEP_ONLY
  }

  /** What makes a unit useful. */
  public enum Utility {
    CONTRIBUTION,
    ADAPTABLE_CONTRIBUTION
  }

  /**
   * {@code limber.interventions.reset-optimizer}.
   *
   * @param slots moments and step count, or the latter alone
   */
  public record ResetOptimizer(Trigger when, Slots slots) {}

  /**
   * {@code limber.interventions.shrink-and-perturb}.
   *
   * @param shrink factor of the weights, in [0, 1]
   * @param perturb factor of the fresh draw that is added, not negative
   * @param layers names of the treated ones; empty for all
   */
  public record ShrinkAndPerturb(Trigger when, double shrink, double perturb, List<String> layers) {

    boolean isOn() {
      return when.isOn() && (shrink != 1 || perturb != 0);
    }
  }

  /**
   * {@code limber.interventions.redo}.
   *
   * @param dormantThreshold τ: units with a score up to it are replaced
   */
  public record Redo(Trigger when, double dormantThreshold) {}

  /**
   * {@code limber.interventions.continual-backprop}.
   *
   * @param replacementRate share of the mature units replaced per update, in [0, 1]
   * @param maturity updates that a unit is left alone after its start
   * @param decay of utilities and mean activations, in [0, 1)
   */
  public record ContinualBackprop(
      Trigger when, double replacementRate, int maturity, double decay, Utility utility) {

    boolean isOn() {
      return when.isOn() && replacementRate > 0;
    }
  }

  /**
   * {@code limber.interventions.plasticity-injection}.
   *
   * @param headLayers kernels that make the head, counted from the output
   */
  public record PlasticityInjection(Trigger when, int headLayers) {}

  /**
   * {@code limber.interventions.nap}.
   *
   * @param head whether the output layer is projected as well
   */
  public record Nap(Trigger when, boolean head) {}

  /** Reads and checks the section. */
  public static InterventionSettings from(Section limber) {
    Section section = limber.section("interventions");
    int updates = LearnerSettings.from(limber).updatesPerCall();
    double l2 = notNegative(section.section("l2-init"), "strength", "0 switches it off");
    return new InterventionSettings(
        Trigger.from(section.section("reset-last-layer"), updates),
        resetOptimizer(section.section("reset-optimizer"), updates),
        shrinkAndPerturb(section.section("shrink-and-perturb"), updates),
        redo(section.section("redo"), updates),
        continualBackprop(section.section("continual-backprop"), updates),
        l2,
        section.section("spectral-normalisation").bool("enabled"),
        injection(section.section("plasticity-injection"), updates),
        new Nap(
            Trigger.from(section.section("nap"), updates), section.section("nap").bool("head")));
  }

  private static ResetOptimizer resetOptimizer(Section section, int updates) {
    return new ResetOptimizer(
        Trigger.from(section, updates), section.constant("slots", Slots.class));
  }

  private static ShrinkAndPerturb shrinkAndPerturb(Section section, int updates) {
    double shrink = section.real("shrink");
    section.require(
        shrink >= 0 && shrink <= 1, "shrink", shrink, "lie in [0, 1]: it shrinks the weights");
    return new ShrinkAndPerturb(
        Trigger.from(section, updates),
        shrink,
        notNegative(section, "perturb", "0 only shrinks"),
        section.strings("layers"));
  }

  private static Redo redo(Section section, int updates) {
    return new Redo(
        Trigger.from(section, updates),
        notNegative(section, "dormant-threshold", "0 replaces dead units"));
  }

  private static ContinualBackprop continualBackprop(Section section, int updates) {
    double rate = section.real("replacement-rate");
    section.require(
        rate >= 0 && rate <= 1, "replacement-rate", rate, "lie in [0, 1]: it is a share of units");
    int maturity = section.integer("maturity");
    section.require(
        maturity >= 1, "maturity", maturity, "be at least 1, or new units go before they are used");
    double decay = section.real("decay");
    section.require(decay >= 0 && decay < 1, "decay", decay, "lie in [0, 1)");
    return new ContinualBackprop(
        Trigger.from(section, updates),
        rate,
        maturity,
        decay,
        section.constant("utility", Utility.class));
  }

  private static PlasticityInjection injection(Section section, int updates) {
    Trigger when = Trigger.from(section, updates);
    section.require(
        !(when instanceof Trigger.Every || when instanceof Trigger.TargetUpdate),
        "when",
        section.string("when"),
        "be never, once N or a crossing: there is room for one injection");
    int layers = section.integer("head-layers");
    section.require(layers >= 1, "head-layers", layers, "be at least 1: the output layer");
    return new PlasticityInjection(when, layers);
  }

  private static double notNegative(Section section, String key, String atZero) {
    double value = section.real(key);
    section.require(value >= 0, key, value, "not be negative; " + atZero);
    return value;
  }

  /** When each intervention that fires does so, by its name in the config, in firing order. */
  public Map<String, Trigger> triggers() {
    Map<String, Trigger> triggers = new LinkedHashMap<>();
    triggers.put(InjectPlasticity.NAME, plasticityInjection.when());
    triggers.put(RecycleDormantUnits.NAME, redo.when());
    put(triggers, ReplaceUselessUnits.NAME, continualBackprop.when(), continualBackprop.isOn());
    triggers.put(ResetLastLayer.NAME, resetLastLayer);
    put(triggers, ShrinkWeights.NAME, shrinkAndPerturb.when(), shrinkAndPerturb.isOn());
    triggers.put(ProjectWeights.NAME, nap.when());
    triggers.put(ClearOptimizer.NAME, resetOptimizer.when());
    triggers.values().removeIf(trigger -> !trigger.isOn());
    return triggers;
  }

  private static void put(Map<String, Trigger> triggers, String name, Trigger when, boolean isOn) {
    triggers.put(name, isOn ? when : new Trigger.Never());
  }

  /** What is on, for people: name and when, or how strongly. */
  public Map<String, String> active() {
    Map<String, String> active = new LinkedHashMap<>();
    triggers().forEach((name, trigger) -> active.put(name, trigger.text()));
    if (l2Init > 0) {
      active.put("l2-init", "strength " + l2Init);
    }
    if (spectralNormalisation) {
      active.put("spectral-normalisation", "every update");
    }
    return active;
  }
}
