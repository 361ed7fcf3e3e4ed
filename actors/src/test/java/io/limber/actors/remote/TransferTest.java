package io.limber.actors.remote;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.limber.protos.IncomingBytes;
import io.limber.protos.OutgoingBytes;
import io.limber.protos.wire.ToReceiver;
import io.limber.protos.wire.ToSender;
import io.limber.testkit.AkkaTestKit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both ends of a transfer, over links that lose and repeat messages. */
class TransferTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int WINDOW = 3;

  private final ActorTestKit kit = AKKA.kit();

  @Test
  void bytes_overLossyLinks_arriveAsTheyWereOneAfterAnother() {
    TestProbe<byte[]> taken = kit.createTestProbe();
    List<byte[]> parcels = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] parcel = new byte[1 << 20];
      new Random(i).nextBytes(parcel);
      parcels.add(parcel);
    }
    ActorRef<ToReceiver> receiver = kit.spawn(receiver(taken.getRef()));

    kit.spawn(sender(kit.spawn(lossy(receiver, 1)), parcels));

    List<byte[]> arrived = new ArrayList<>();
    while (arrived.size() < parcels.size()) {
      byte[] next = taken.receiveMessage(LIMIT);
      if (arrived.isEmpty() || !Arrays.equals(next, arrived.get(arrived.size() - 1))) {
        arrived.add(next); // the last confirmation may be lost: then the same comes twice
      }
    }
    assertThat(arrived).containsExactlyElementsOf(parcels);
  }

  @Test
  void pieces_areNoMoreThanAWindowAheadOfTheirConfirmation() {
    TestProbe<ToReceiver> receiver = kit.createTestProbe();
    Transfer transfer = new Transfer(receiver.getRef(), "me", WINDOW);

    transfer.begin(new OutgoingBytes(new byte[1 << 20]));

    long number = receiver.expectMessageClass(ToReceiver.SnapshotStart.class).transfer();
    assertThat(parts(receiver, WINDOW)).containsExactly(0, 1, 2);
    receiver.expectNoMessage(Duration.ofMillis(50));
    assertThat(transfer.arrived(new ToSender.SnapshotCredit(number, 2))).isFalse();
    assertThat(parts(receiver, 2)).containsExactly(3, 4);
    assertThat(transfer.arrived(new ToSender.SnapshotCredit(number, 7))).isFalse(); // 5 were sent
    assertThat(parts(receiver, WINDOW)).containsExactly(5, 6, 7);

    assertThat(transfer.restartIfSilent()).isFalse();
    assertThat(transfer.restartIfSilent()).isTrue();

    assertThat(receiver.expectMessageClass(ToReceiver.SnapshotStart.class).transfer())
        .isEqualTo(number + 1);
    assertThat(parts(receiver, WINDOW)).containsExactly(0, 1, 2);
    assertThat(transfer.arrived(new ToSender.SnapshotCredit(number, 8))).isFalse(); // the old one
  }

  private static List<Integer> parts(TestProbe<ToReceiver> receiver, int count) {
    List<Integer> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(receiver.expectMessageClass(ToReceiver.SnapshotPart.class).index());
    }
    return parts;
  }

  private Behavior<Object> sender(ActorRef<ToReceiver> receiver, List<byte[]> parcels) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay("look", Duration.ofMillis(50));
                  ActorRef<ToSender> back = context.spawn(lossy(context.getSelf(), 2), "back");
                  Transfer transfer = new Transfer(receiver, References.of(context, back), WINDOW);
                  List<byte[]> left = new ArrayList<>(parcels);
                  transfer.begin(new OutgoingBytes(left.remove(0)));
                  return Behaviors.receiveMessage(
                      message -> {
                        if (!(message instanceof ToSender credit)) {
                          transfer.restartIfSilent();
                        } else if (transfer.arrived(credit) && !left.isEmpty()) {
                          transfer.begin(new OutgoingBytes(left.remove(0)));
                        }
                        return Behaviors.same();
                      });
                }));
  }

  private static Behavior<ToReceiver> receiver(ActorRef<byte[]> taken) {
    return Behaviors.setup(
        (ActorContext<ToReceiver> context) -> {
          Arrival<IncomingBytes> arrival =
              new Arrival<>(context, header -> new IncomingBytes(header, 1 << 20));
          return Behaviors.receiveMessage(
              message -> {
                arrival.take(message).ifPresent(whole -> taken.tell(whole.finish()));
                return Behaviors.same();
              });
        });
  }

  /** One message in forty is lost, one in forty comes twice. */
  private static <T> Behavior<T> lossy(ActorRef<? super T> to, int seed) {
    Random random = new Random(seed);
    return Behaviors.receiveMessage(
        message -> {
          int chance = random.nextInt(40);
          for (int i = 0; i < (chance == 0 ? 0 : chance == 1 ? 2 : 1); i++) {
            to.tell(message);
          }
          return Behaviors.same();
        });
  }
}
