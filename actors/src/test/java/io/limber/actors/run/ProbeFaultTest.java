package io.limber.actors.run;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Report;
import io.limber.testkit.AkkaTestKit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Probes that fail in every way that Java knows: fault 4. Pass: training is what it is without any
 * probe, bit for bit; each measurement is tried once more, then skipped and counted.
 */
class ProbeFaultTest {

  private static final String LOCKSTEP = "limber.run.mode = lockstep";

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private final ActorTestKit kit = AKKA.kit();

  static Stream<Supplier<Throwable>> failures() {
    return Stream.of(
        () -> new ArithmeticException("loss is NaN"),
        () -> new OutOfMemoryError("the machine has no more for this"),
        StackOverflowError::new,
        () -> new NoClassDefFoundError("io/limber/Missing"),
        UnknownError::new,
        InterruptedException::new);
  }

  /** An error of no known kind. */
  private static final class UnknownError extends Error {}

  @ParameterizedTest
  @MethodSource("failures")
  void probe_thatAlwaysFails_isTriedTwiceAndTrainingDoesNotNotice(Supplier<Throwable> failure) {
    TestRun probed = TestRun.of(kit, LOCKSTEP, "limber.probe.schedule.alpha = 100");
    probed.agent.withProbe(
        "alpha", (step, progress) -> ProbeFaultTest.<RuntimeException>fail(failure.get()));

    RunSummary summary = probed.start().finished();

    assertThat(summary.updates()).isEqualTo(200);
    assertThat(summary.probes().failed()).isEqualTo(3); // steps 0, 100 and 200
    assertThat(summary.probes().retried()).isEqualTo(3);
    assertThat(summary.probes().completed()).isZero();
    assertThat(probed.agent.open()).isZero();
    assertThat(learned(probed)).isEqualTo(learned(unprobed()));
  }

  @Test
  void probe_thatFailsOnce_isMeasuredAtTheSecondAttempt() {
    TestRun probed = TestRun.of(kit, LOCKSTEP, "limber.probe.schedule.alpha = 100");
    int[] attempts = new int[1];
    probed.agent.withProbe(
        "alpha",
        (step, progress) -> {
          if (attempts[0]++ == 0) {
            throw new OutOfMemoryError("another probe had it all");
          }
        });

    RunSummary summary = probed.start().finished();

    assertThat(summary.probes().failed()).isZero();
    assertThat(summary.probes().retried()).isEqualTo(1);
    assertThat(summary.probes().completed()).isEqualTo(3);
  }

  @Test
  void probeActor_thatItselfFails_startsAnewAndTrainingDoesNotNotice() {
    TestRun probed = TestRun.of(kit, LOCKSTEP, "limber.probe.schedule.alpha = 100");
    int[] attempts = new int[1];
    probed.agent.withProbe(
        "alpha",
        (step, progress) -> {
          if (attempts[0]++ < 3) { // both attempts at step 0, and the first one at step 100
            throw new UnspeakableException();
          }
        });

    RunSummary summary = probed.start().finished();

    assertThat(summary.updates()).isEqualTo(200);
    assertThat(summary.probes().failed()).isEqualTo(1);
    assertThat(summary.probes().retried()).isEqualTo(2);
    assertThat(summary.probes().completed()).isEqualTo(2);
    assertThat(probed.agent.open()).isZero();
    assertThat(learned(probed)).isEqualTo(learned(unprobed()));
  }

  @Test
  void probeActor_thatFailsAgainAndAgain_endsTheRunWithTheReason() {
    TestRun probed = TestRun.of(kit, LOCKSTEP, "limber.probe.schedule.alpha = 10");
    probed.agent.withProbe(
        "alpha",
        (step, progress) -> {
          throw new UnspeakableException();
        });

    assertThat(probed.start().failed().reason()).contains("probe actor 0 failed again and again");
  }

  /** Breaks the actor when it tells of it; the future that carries it there asks once, too. */
  private static final class UnspeakableException extends RuntimeException {
    private final AtomicBoolean carried = new AtomicBoolean();

    @Override
    public String toString() {
      if (carried.getAndSet(true)) {
        throw new IllegalStateException("there are no words");
      }
      return "unspeakable";
    }
  }

  private TestRun unprobed() {
    TestRun run = TestRun.of(kit, LOCKSTEP);
    assertThat(run.start().finished().updates()).isEqualTo(200);
    return run;
  }

  /** Every value of the learner, the environments and replay that the seed decides. */
  private static List<String> learned(TestRun run) {
    return run.reproducible().stream()
        .filter(report -> !report.source().startsWith("probe"))
        .map(ProbeFaultTest::values)
        .toList();
  }

  private static String values(Report report) {
    return report.source()
        + report.step()
        + report.measurements().stream().map(Measurement::toString).toList();
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void fail(Throwable failure) throws T {
    throw (T) failure;
  }
}
