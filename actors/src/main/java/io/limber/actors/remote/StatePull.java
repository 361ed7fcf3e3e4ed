package io.limber.actors.remote;

import io.limber.core.state.SavedState;
import io.limber.protos.IncomingState;
import io.limber.protos.MalformedDataException;
import io.limber.protos.StatePiece;
import java.util.Optional;

/**
 * Gets an environment's state from another node: asks for a window of pieces, for one more with
 * each that comes, and for the window again after silence. Whoever is asked keeps no account. Not
 * thread-safe: one owner.
 */
final class StatePull {

  /** Pieces to be asked for: from the first, before the second. */
  record Range(int from, int to) {}

  private final int window;
  private final IncomingState state = new IncomingState();
  private boolean heard;

  /**
   * @param window pieces that may be on their way
   */
  StatePull(int window) {
    this.window = window;
  }

  /** What to ask for at first, and again when nothing comes. */
  Range next() {
    return new Range(state.received(), state.received() + window);
  }

  /**
   * Takes a piece.
   *
   * @return what to ask for now, if anything
   * @throws MalformedDataException if it is not of this state
   */
  Optional<Range> add(StatePiece piece) throws MalformedDataException {
    if (!state.add(piece)) {
      return Optional.empty(); // it came before, or one before it is missing
    }
    heard = true;
    int last = state.received() + window - 1;
    return last < piece.count() ? Optional.of(new Range(last, last + 1)) : Optional.empty();
  }

  /** What to ask for again, if nothing was heard since the last call. */
  Optional<Range> again() {
    boolean silent = !heard;
    heard = false;
    return silent ? Optional.of(next()) : Optional.empty();
  }

  boolean complete() {
    return state.complete();
  }

  /**
   * The state, once it is {@link #complete}.
   *
   * @throws MalformedDataException if the pieces are none
   */
  SavedState finish() throws MalformedDataException {
    return state.finish();
  }
}
