package io.limber.actors.serialization;

import com.esotericsoftware.kryo.Kryo;

/**
 * All classes that Kryo may read or write, each with its own serializer and a fixed id. Ids are
 * never used again for another class.
 */
final class KryoRegistrations {

  /** The first of our numbers: Kryo keeps lower ones for itself. */
  private static final int REPORTED = 20;

  private KryoRegistrations() {}

  /** A Kryo that knows these classes and no others. */
  static Kryo kryo() {
    // null: nothing in a message refers to anything else in it
    Kryo kryo = new Kryo(new NumberedClasses(REPORTED), null);
    kryo.setRegistrationRequired(true);
    kryo.register(PeerMessage.Reported.class, new ReportedSerializer(), REPORTED);
    return kryo;
  }
}
