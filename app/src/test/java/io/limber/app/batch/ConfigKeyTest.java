package io.limber.app.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigKeyTest {

  @Test
  void key_ofWhatIsLearned_isTheSameWhereverItIsWritten() {
    assertThat(key("seed=2", "run.updates=10"))
        .matches("[0-9a-f]{12}")
        .isEqualTo(key("run.updates=10", "seed=2"))
        .isEqualTo(key("seed=2", "run.updates=10", "runs-directory=other"))
        .isEqualTo(key("seed=2", "run.updates=10", "dashboard.enabled=false", "checkpoint.keep=9"))
        .isEqualTo(key("seed=2", "run.updates=10", "device=gpu:1", "cluster.devices=[cpu]"))
        .isNotEqualTo(key("seed=3", "run.updates=10"))
        .isNotEqualTo(key("seed=2", "run.updates=20"));
  }

  private static String key(String... sets) {
    List<Assignment> assignments =
        Arrays.stream(sets).map(text -> Assignment.parse("--set", text)).toList();
    return ConfigKey.of(
        EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), assignments)));
  }
}
