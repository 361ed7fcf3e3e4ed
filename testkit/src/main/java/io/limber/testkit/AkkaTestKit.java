package io.limber.testkit;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An actor system for the tests of one class; register it in a static field. It also resolves
 * parameters of type {@link ActorTestKit}, and {@link ManualTime} where time is manual.
 */
public final class AkkaTestKit implements AfterAllCallback, ParameterResolver {

  private final ActorTestKit kit;
  private final boolean manualTime;

  private AkkaTestKit(Config config, boolean manualTime) {
    this.manualTime = manualTime;
    kit = ActorTestKit.create(config);
  }

  /** With the wall clock. */
  public static AkkaTestKit create() {
    return new AkkaTestKit(ConfigFactory.load(), false);
  }

  /** All actors share one thread, as in a cluster on two cores: one that blocks holds up all. */
  public static AkkaTestKit withOneThread() {
    Config one =
        ConfigFactory.parseString(
            "akka.actor.default-dispatcher.fork-join-executor"
                + " { parallelism-min = 1, parallelism-max = 1 }");
    return new AkkaTestKit(one.withFallback(ConfigFactory.load()), false);
  }

  /** Timers fire when the test moves {@link ManualTime} on. */
  public static AkkaTestKit withManualTime() {
    return new AkkaTestKit(ManualTime.config().withFallback(ConfigFactory.load()), true);
  }

  public ActorTestKit kit() {
    return kit;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    kit.shutdownTestKit();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ActorTestKit.class || (manualTime && type == ManualTime.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ActorTestKit.class
        ? kit
        : ManualTime.get(kit.system());
  }
}
