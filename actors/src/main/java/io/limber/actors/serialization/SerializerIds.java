package io.limber.actors.serialization;

/** Akka's numbers of our serializers: part of the wire format, never used for anything else. */
final class SerializerIds {

  static final int PROTOBUF = 20_260_101;
  static final int KRYO = 20_260_102;

  private SerializerIds() {}
}
