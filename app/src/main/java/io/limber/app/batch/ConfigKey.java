package io.limber.app.batch;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.limber.app.config.EffectiveConfig;
import io.limber.core.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names for configurations: equal ones have equal names, wherever they run. */
public final class ConfigKey {

  /** 48 bits: among a million configurations, two share a name once in 600 times. */
  private static final int HEX_DIGITS = 12;

  /**
   * Where a run writes, whom it tells, where its data come from and on which device it computes,
   * which changes nothing that it learns, but for rounding: a new setting there leaves finished
   * agents finished, and one may go on on another device.
   */
  private static final List<String> WITHOUT =
      List.of(
          "runs-directory",
          "progress-interval",
          "device",
          "dashboard",
          "alerts",
          "metrics",
          "cluster",
          "checkpoint",
          "fetch");

  private ConfigKey() {}

  /** Of all Limber keys with their values that bear on what is learned. */
  public static String of(EffectiveConfig config) {
    Config limber = config.whole().getConfig("limber");
    for (String path : WITHOUT) {
      limber = limber.withoutPath(path);
    }
    // keys come out sorted
    String text = limber.root().render(ConfigRenderOptions.concise());
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, HEX_DIGITS);
  }
}
