package io.limber.core.data;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Hands the body of an HTTP response to the thread that pulls it, one piece at a time, and gives up
 * when the sender falls silent; the HTTP client's own time-out ends with the headers.
 */
final class DownloadBody implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {

  /** Nothing more comes; {@code failure} is null at the regular end. */
  private record Piece(List<ByteBuffer> buffers, Throwable failure) {
    boolean last() {
      return buffers == null;
    }
  }

  // one piece is asked for at a time, so at most one piece and the end are waiting
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(2);
  private Flow.Subscription subscription; // guarded by this, as is closed
  private boolean closed;

  @Override
  public synchronized void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    if (closed) {
      subscription.cancel();
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    pieces.add(new Piece(buffers, null));
  }

  @Override
  public void onError(Throwable failure) {
    pieces.add(new Piece(null, failure));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(null, null));
  }

  /**
   * The next bytes; empty at the end.
   *
   * @throws IOException if the connection broke off or stayed silent for {@code stallTimeout}
   */
  List<ByteBuffer> next(Duration stallTimeout) throws IOException, InterruptedException {
    Piece piece = pieces.poll(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
    if (piece == null) {
      throw new HttpTimeoutException("no bytes for " + stallTimeout.toMillis() + " ms");
    }
    if (piece.failure() != null) {
      throw new IOException("the connection broke off: " + piece.failure().getMessage());
    }
    if (piece.last()) {
      return List.of();
    }
    requestNext();
    return piece.buffers();
  }

  private synchronized void requestNext() {
    subscription.request(1);
  }

  /** Lets the connection go, whatever is still to come. */
  @Override
  public synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
