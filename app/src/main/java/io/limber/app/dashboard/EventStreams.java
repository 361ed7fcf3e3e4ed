package io.limber.app.dashboard;

import akka.NotUsed;
import akka.japi.function.Creator;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.limber.app.dashboard.Feed.Position;
import io.limber.app.dashboard.Feed.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Histories as server-sent events.
 *
 * <p>Nothing waits for a client but the one update that it is being sent: while it does not read,
 * no further one is made, and the next brings it all that it missed. One that takes nothing for the
 * time allowed is dropped and counted; one that comes back tells with {@code Last-Event-ID} where
 * it was, and gets what it lacks.
 */
final class EventStreams {

  /** Shorter than what proxies and the server itself take for a dead connection. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** A large first update is handed over in pieces, so that a slow client is seen to take some. */
  private static final int PIECE = 16 << 10;

  private static final ByteString COMMENT = ByteString.fromString(":\n\n");

  private enum Tick {
    INSTANCE
  }

  private final Duration interval;
  private final Duration slowClientTimeout;
  private final SharedKillSwitch ends = KillSwitches.shared("dashboard-streams");
  private final AtomicLong open = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  EventStreams(Duration interval, Duration slowClientTimeout) {
    this.interval = interval;
    this.slowClientTimeout = slowClientTimeout;
  }

  /** Streams that are open now. */
  long open() {
    return open.get();
  }

  /** Clients so far that were dropped because they took nothing. */
  long dropped() {
    return dropped.get();
  }

  /** Completes all streams. */
  void end() {
    ends.shutdown();
  }

  /**
   * The updates of some runs.
   *
   * <p>Order: by version. Loss: none of content; updates of one bucket in between are left out.
   * Rate: one update per interval, or the client's. Failure: with a time-out for a slow client.
   */
  Source<ByteString, NotUsed> stream(List<Feed> feeds, List<Position> from) {
    Creator<Cursor> cursor = () -> new Cursor(feeds, from);
    return Source.lazySource(() -> ticks(cursor.create()))
        .mapMaterializedValue(later -> NotUsed.getInstance());
  }

  private Source<ByteString, NotUsed> ticks(Cursor cursor) {
    return Source.tick(Duration.ZERO, interval, Tick.INSTANCE)
        .mapMaterializedValue(cancellable -> NotUsed.getInstance())
        .via(ends.flow())
        .mapConcat(tick -> cursor.advance())
        .keepAlive(HEARTBEAT, () -> COMMENT)
        .backpressureTimeout(slowClientTimeout)
        .mapError(
            TimeoutException.class,
            slow -> {
              dropped.incrementAndGet();
              return slow;
            })
        .watchTermination(
            (nothing, done) -> {
              open.incrementAndGet();
              done.whenComplete((d, failure) -> open.decrementAndGet());
              return NotUsed.getInstance();
            });
  }

  /** Where one client is. Used by its stream alone. */
  private static final class Cursor {

    private final List<Feed> feeds;
    private final List<Position> positions;

    Cursor(List<Feed> feeds, List<Position> from) {
      this.feeds = feeds;
      this.positions = new ArrayList<>(from);
    }

    List<ByteString> advance() {
      List<ByteString> pieces = new ArrayList<>();
      for (int i = 0; i < feeds.size(); i++) {
        Step step = feeds.get(i).after(positions.get(i));
        positions.set(i, step.to());
        if (!step.text().isEmpty()) {
          add(pieces, ByteString.fromString("data: ").concat(step.text()));
          add(pieces, ByteString.fromString("\nid: " + Positions.text(positions) + "\n\n"));
        }
      }
      return pieces;
    }

    private static void add(List<ByteString> pieces, ByteString text) {
      for (int from = 0; from < text.length(); from += PIECE) {
        pieces.add(text.slice(from, Math.min(text.length(), from + PIECE)));
      }
    }
  }
}
