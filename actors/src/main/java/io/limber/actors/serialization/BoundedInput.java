package io.limber.actors.serialization;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import java.nio.charset.StandardCharsets;

/** Reads lengths that cannot be longer than what is left, before anything is allocated. */
final class BoundedInput {

  private BoundedInput() {}

  /**
   * A count of things that take at least {@code bytesEach} each.
   *
   * @throws KryoException if so many cannot follow
   */
  static int count(Input in, int bytesEach) {
    int count = in.readVarInt(true);
    int left = in.limit() - in.position();
    if (count < 0 || count > left / bytesEach) {
      throw new KryoException(
          count + " things of " + bytesEach + " bytes or more, where " + left + " bytes are left");
    }
    return count;
  }

  /** Text as its length in bytes and UTF-8. */
  static String text(Input in) {
    return new String(in.readBytes(count(in, 1)), StandardCharsets.UTF_8);
  }
}
