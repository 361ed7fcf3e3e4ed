package io.limber.actors.serialization;

import com.esotericsoftware.kryo.Kryo;

/**
 * All classes that Kryo may read or write, each with its own serializer and a fixed id. Ids are
 * never used again for another class.
 */
final class KryoRegistrations {

  private static final int REPORTED = 20;

  private KryoRegistrations() {}

  /** A Kryo that knows these classes and no others. */
  static Kryo kryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    kryo.register(PeerMessage.Reported.class, new ReportedSerializer(), REPORTED);
    return kryo;
  }
}
