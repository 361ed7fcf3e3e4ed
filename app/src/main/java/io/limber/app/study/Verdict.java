package io.limber.app.study;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the data say of one claim.
 *
 * @param claim as paper.md, section 11, has it
 * @param ruling what follows
 * @param quantity what was measured for each seed, with its unit and the bound that was asked for
 * @param effect mean of the quantity over the seeds; NaN without data
 * @param spread its standard deviation over the seeds; NaN below two
 * @param interval half the width of the 95 % confidence interval of the mean; NaN below two seeds
 * @param seeds how many
 */
public record Verdict(
    String claim,
    Ruling ruling,
    String quantity,
    double effect,
    double spread,
    double interval,
    int seeds) {

  /** What follows of the data. */
  public enum Ruling {
    HOLDS("holds"),
    DOES_NOT_HOLD("does not hold"),
    /** The interval lies on both sides of the bound; the mean is on the claim's side. */
    LEANS_TOWARDS("too few seeds to tell, leaning towards the claim"),
    /** The interval lies on both sides of the bound; the mean is on the other side. */
    LEANS_AGAINST("too few seeds to tell, leaning against the claim"),
    NOT_MEASURED("not measured");

    private final String text;

    Ruling(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** For people: one line. */
  public String line() {
    return claim + ": " + ruling + (seeds == 0 ? "" : "; " + measured());
  }

  /** The quantity with its numbers. */
  String measured() {
    if (seeds == 0) {
      return quantity;
    }
    String spreads =
        seeds < 2
            ? ""
            : String.format(Locale.ROOT, " ± %.3g (sd), 95 %% interval ± %.3g", spread, interval);
    return String.format(Locale.ROOT, "%s: %.3g%s, n = %d", quantity, effect, spreads, seeds);
  }

  /** For JSON; what is not a number becomes null. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("claim", claim);
    map.put("ruling", ruling.toString());
    map.put("quantity", quantity);
    map.put("effect", effect);
    map.put("spread", spread);
    map.put("interval", interval);
    map.put("seeds", seeds);
    return map;
  }
}
