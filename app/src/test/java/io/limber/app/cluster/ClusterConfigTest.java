package io.limber.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.config.MembershipSettings;
import io.limber.core.config.InvalidSettingException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterConfigTest {

  private static final String TLS = "akka.remote.artery.transport=tls-tcp";

  private static EffectiveConfig effective(String... sets) {
    return EffectiveConfig.resolve(
        new ConfigSources(
            Optional.empty(),
            List.of(),
            Stream.of(sets).map(set -> Assignment.parse("--set", set)).toList()));
  }

  private static Config akka(String... sets) {
    EffectiveConfig config = effective(sets);
    return ClusterConfig.of(config, MembershipSettings.from(config.limber()), List.of("run"));
  }

  @Test
  void config_byDefault_listensOnLoopbackAndKeepsTheSideOfTheRun() {
    Config config = akka();

    assertThat(config.getString("akka.actor.provider")).isEqualTo("cluster");
    assertThat(config.getString("akka.remote.artery.canonical.hostname")).isEqualTo("127.0.0.1");
    assertThat(config.getStringList("akka.cluster.roles")).containsExactly("run");
    assertThat(config.getString("akka.cluster.downing-provider-class"))
        .isEqualTo("akka.cluster.sbr.SplitBrainResolverProvider");
    assertThat(config.getString("akka.cluster.split-brain-resolver.keep-majority.role"))
        .isEqualTo("run");
    assertThat(config.getBoolean("akka.actor.allow-java-serialization")).isFalse();
  }

  @Test
  void config_keysOfAkkaThatTheUserSets_winOverLimbersDefaults() {
    assertThat(
            akka("akka.cluster.split-brain-resolver.stable-after=3s")
                .getDuration("akka.cluster.split-brain-resolver.stable-after")
                .toSeconds())
        .isEqualTo(3);
  }

  @Test
  void frame_thatFullMessagesDoNotFit_isRefusedByName() {
    String frame = "akka.remote.artery.advanced.maximum-frame-size=256KiB";

    assertThatThrownBy(() -> akka(frame))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(
            "akka.remote.artery.advanced.maximum-frame-size = 262144 must be at least 464896")
        .hasMessageContaining("limber.cluster.max-block-bytes = 458752");
    assertThat(
            akka(frame, "cluster.max-block-bytes=250KiB")
                .getBytes("akka.remote.artery.advanced.maximum-frame-size"))
        .isEqualTo(256 << 10);
  }

  @Test
  void bind_offLoopbackWithoutTls_isRefusedUnlessAllowed() {
    String bind = "cluster.bind=\"192.0.2.1:25520\"";

    assertThatThrownBy(() -> akka(bind))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("limber.cluster.bind = 192.0.2.1:25520")
        .hasMessageContaining("conf/roles/tls.conf");
    assertThat(akka(bind, TLS).getString("akka.remote.artery.canonical.hostname"))
        .isEqualTo("192.0.2.1");
    assertThat(
            akka(bind, "cluster.allow-plaintext=true").getInt("akka.remote.artery.canonical.port"))
        .isEqualTo(25520);
  }

  @Test
  void addresses_thatAreNone_areRefusedWithPathAndForm() {
    for (String set :
        List.of("bind=here", "bind=\"h:70000\"", "join=[\"h\"]", "health=\"h:1:2\"")) {
      assertThatThrownBy(() -> akka("cluster." + set))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("limber.cluster." + set.substring(0, set.indexOf('=')))
          .hasMessageContaining("HOST:PORT");
    }
  }

  @Test
  void health_offLoopback_isRefused() {
    assertThatThrownBy(() -> akka("cluster.health=\"0.0.0.0:8558\""))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("limber.cluster.health");
  }

  @Test
  void passwordsOfTls_areInNoSavedOrSentConfiguration() {
    EffectiveConfig config =
        effective(TLS, "akka.remote.artery.ssl.config-ssl-engine.key-store-password=sesame");

    assertThat(config.render()).contains("tls-tcp").doesNotContain("sesame");
    assertThat(config.renderLimber()).doesNotContain("sesame").doesNotContain("tls-tcp");
  }

  @Test
  void runOfAnotherProcess_onThisNode_keepsItsSettingsButForTheMachines() {
    EffectiveConfig run =
        effective("seed=7", "data.directory=/there", "device=\"gpu:0\"", "learner.batch-size=64");

    EffectiveConfig here =
        effective("data.directory=/here", "learner.batch-size=8").ofRun(run.renderLimber());

    assertThat(here.limber().wholeNumber("seed")).isEqualTo(7);
    assertThat(here.limber().section("learner").integer("batch-size")).isEqualTo(64);
    assertThat(here.limber().section("data").string("directory")).isEqualTo("/here");
    assertThat(here.limber().string("device")).isEqualTo("gpu:0");
  }
}
