package io.limber.app.process;

import io.limber.app.cluster.ClusterHost;
import io.limber.app.config.Assignment;
import io.limber.app.config.ConfigSources;
import io.limber.app.config.EffectiveConfig;
import io.limber.app.run.AgentSource;
import io.limber.app.run.RunConsole;
import io.limber.app.run.Signals;
import io.limber.app.run.TensorFlowAgents;
import io.limber.app.run.TrainingRun;
import io.limber.core.agent.AgentFactory;
import io.limber.core.agent.Learner;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** {@code limber train --cluster} with a learner that takes ten times as long for each update. */
public final class SlowLearnerProgram {

  private static final int SLOWNESS = 10;

  private SlowLearnerProgram() {}

  public static void main(String[] arguments) throws IOException {
    List<Assignment> assignments = new ArrayList<>();
    Path folder = null;
    for (int i = 0; i < arguments.length - 1; i++) {
      switch (arguments[i]) {
        case "--set" -> assignments.add(Assignment.parse("--set", arguments[i + 1]));
        case "--bind" ->
            assignments.add(
                new Assignment("--bind", "limber.cluster.bind", '"' + arguments[i + 1] + '"'));
        case "--run-dir" -> folder = Path.of(arguments[i + 1]);
        default -> {
          continue; // a value, or nothing that matters here
        }
      }
    }
    EffectiveConfig config =
        EffectiveConfig.resolve(new ConfigSources(Optional.empty(), List.of(), assignments));
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    RunConsole console = new RunConsole(out, false, 80);
    CompletableFuture<Signals.Signal> stop = new CompletableFuture<>();
    Signals.handle(stop::complete, 131);
    new TrainingRun(config, slow(), console, new ClusterHost(config, console), false)
        .run(Optional.of(folder), stop);
    System.exit(143);
  }

  private static AgentSource slow() {
    return (settings, random, observations, actions, programs) -> {
      AgentSource.Agent agent =
          new TensorFlowAgents().open(settings, random, observations, actions, programs);
      AgentFactory factory =
          around(
              AgentFactory.class,
              agent.factory(),
              made -> made instanceof Learner learner ? slow(learner) : made);
      return new AgentSource.Agent(factory, agent.layout(), agent.optimizer());
    };
  }

  private static Learner slow(Learner learner) {
    return (Learner)
        Proxy.newProxyInstance(
            Learner.class.getClassLoader(),
            new Class<?>[] {Learner.class},
            (proxy, method, arguments) -> {
              long start = System.nanoTime();
              try {
                return method.invoke(learner, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (method.getName().equals("update")) {
                  LockSupport.parkNanos((SLOWNESS - 1) * (System.nanoTime() - start));
                }
              }
            });
  }

  private static <T> T around(Class<T> type, T inner, UnaryOperator<Object> change) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return change.apply(method.invoke(inner, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
