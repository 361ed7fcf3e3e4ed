package io.limber.app.cluster;

import akka.actor.typed.ActorRef;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the guests of a node that leaves, one after the other, to come to a clean end. A guest's
 * end is what lets the next one begin, and nobody else's is. Not thread-safe: one owner.
 */
final class Farewells {

  private final Map<ActorRef<?>, Runnable> waiting = new LinkedHashMap<>();
  private ActorRef<?> leaving; // null while nobody has been told
  private boolean begun;

  /**
   * @param farewell tells the guest to end
   */
  void add(ActorRef<?> guest, Runnable farewell) {
    waiting.put(guest, farewell);
  }

  /** Tells the first; only the first call counts. */
  void begin() {
    if (!begun) {
      begun = true;
      next();
    }
  }

  /** Whether {@link #begin} was called. */
  boolean begun() {
    return begun;
  }

  /** A guest has ended, told or not. */
  void ended(ActorRef<?> guest) {
    waiting.remove(guest);
    if (guest.equals(leaving)) {
      next();
    }
  }

  /** Whether all have been told and have ended. */
  boolean over() {
    return begun && leaving == null;
  }

  private void next() {
    Iterator<Map.Entry<ActorRef<?>, Runnable>> guests = waiting.entrySet().iterator();
    if (!guests.hasNext()) {
      leaving = null;
      return;
    }
    Map.Entry<ActorRef<?>, Runnable> guest = guests.next();
    guests.remove();
    leaving = guest.getKey();
    guest.getValue().run();
  }
}
