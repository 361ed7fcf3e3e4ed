package io.limber.benchmarks.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.SpawnProtocol;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.limber.actors.learner.ParameterBoard;
import io.limber.actors.metrics.MetricsActor;
import io.limber.actors.metrics.StepClock;
import io.limber.actors.remote.SnapshotReceiver;
import io.limber.actors.remote.SnapshotSender;
import io.limber.benchmarks.JsonReport;
import io.limber.benchmarks.Rounds;
import io.limber.core.agent.ParameterLayout;
import io.limber.core.agent.ParameterSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * How long does a snapshot of 2.7 MB take to the last of 8 subscribers, each an actor system with a
 * connection of its own over loopback, and for how long does publishing it hold up whoever has made
 * it? Asked of it: under 2 ms.
 *
 * <p>{@code benchmarks/run fan-out [ROUNDS [SUBSCRIBERS]]}, seconds. All of it shares this
 * process's cores, so the receivers' work counts against the time, too.
 */
public final class FanOutBenchmark {

  /** The shipped network: MLP 784-512-512-10. */
  private static final ParameterLayout LAYOUT =
      new ParameterLayout(
          "mlp-784-512-512-10-relu", List.of(new ParameterLayout.Tensor("all", List.of(669_706))));

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int WARM_UP = 20;

  private final List<ActorSystem<?>> systems = new ArrayList<>();
  private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
  private final ActorSystem<SpawnProtocol.Command> learner = system("learner");
  private final ActorRef<ParameterBoard.Command> board = spawn(learner, ParameterBoard.create());

  private FanOutBenchmark() {}

  /**
   * @param arguments rounds, 200 if absent, then subscribers, 8 if absent
   */
  public static void main(String[] arguments) throws InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int subscribers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
    FanOutBenchmark benchmark = new FanOutBenchmark();
    for (int i = 0; i < subscribers; i++) {
      benchmark.subscribe(i);
    }
    Rounds first = new Rounds();
    Rounds last = new Rounds();
    Rounds stall = new Rounds();
    for (int round = 0; round < WARM_UP + rounds; round++) {
      ParameterSnapshot snapshot =
          ParameterSnapshot.owning(round, LAYOUT, new float[LAYOUT.size()]);
      long start = System.nanoTime();
      benchmark.board.tell(new ParameterBoard.Publish(snapshot));
      long told = System.nanoTime();
      List<Long> arrived = benchmark.arrivals(subscribers);
      if (round >= WARM_UP) {
        stall.add((told - start) / 1e6);
        first.add((arrived.get(0) - start) / 1e6);
        last.add((arrived.get(subscribers - 1) - start) / 1e6);
      }
    }
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("subscribers", subscribers);
    results.put("megabytes", 4 * LAYOUT.size() / 1e6);
    results.put("milliseconds-of-publishing", stall.toJson());
    results.put("milliseconds-to-the-first", first.toJson());
    results.put("milliseconds-to-the-last", last.toJson());
    JsonReport.print("fan-out", results);
    benchmark.systems.forEach(ActorSystem::terminate);
  }

  private List<Long> arrivals(int subscribers) throws InterruptedException {
    List<Long> arrived = new ArrayList<>();
    while (arrived.size() < subscribers) {
      arrived.add(arrivals.take());
    }
    return arrived;
  }

  private void subscribe(int number) throws InterruptedException {
    ActorSystem<SpawnProtocol.Command> node = system("node-" + number);
    BlockingQueue<String> opened = new LinkedBlockingQueue<>();
    ActorRef<ParameterBoard.Command> arrival =
        spawn(
            node,
            Behaviors.receive(ParameterBoard.Command.class)
                .onMessage(
                    ParameterBoard.Publish.class,
                    publish -> {
                      arrivals.add(System.nanoTime());
                      return Behaviors.same();
                    })
                .build());
    ActorRef<String> reference =
        spawn(
            node,
            Behaviors.receive(String.class)
                .onMessage(
                    String.class,
                    text -> {
                      opened.add(text);
                      return Behaviors.stopped();
                    })
                .build());
    spawn(node, SnapshotReceiver.create(1 << 30, arrival, reference));
    spawn(
        learner,
        SnapshotSender.create(
            new SnapshotSender.Plan("snapshots-to-node-" + number, 4, LIMIT, new StepClock(), HOUR),
            new SnapshotSender.Neighbours(
                board,
                ActorRefResolver.get(learner).resolveActorRef(opened.take()),
                spawn(learner, Behaviors.<MetricsActor.Command>ignore()))));
  }

  private ActorSystem<SpawnProtocol.Command> system(String name) {
    Config config =
        ConfigFactory.parseString("akka.actor.provider = remote")
            .withFallback(ConfigFactory.parseResources("limber-cluster.conf"))
            .withFallback(ConfigFactory.load());
    ActorSystem<SpawnProtocol.Command> system =
        ActorSystem.create(SpawnProtocol.create(), name, config);
    systems.add(system);
    return system;
  }

  private static <T> ActorRef<T> spawn(
      ActorSystem<SpawnProtocol.Command> system, Behavior<T> behavior) {
    return AskPattern.<SpawnProtocol.Command, ActorRef<T>>ask(
            system,
            replyTo -> new SpawnProtocol.Spawn<>(behavior, "", Props.empty(), replyTo),
            LIMIT,
            system.scheduler())
        .toCompletableFuture()
        .join();
  }
}
