package io.limber.actors.serialization;

import akka.serialization.JSerializer;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.limber.protos.MalformedDataException;

/**
 * {@link PeerMessage} in Kryo, registered classes only. Input and output are bounded; what is
 * malformed is dropped by the transport, which logs it and goes on.
 */
public final class KryoSerializer extends JSerializer {

  /** Well below the transport's frame of 512 KiB. */
  private static final int MAX_BYTES = 128 << 10;

  private static final int FIRST_BYTES = 1 << 10;

  // Kryo itself belongs to one thread at a time
  private final ThreadLocal<Kryo> kryo = ThreadLocal.withInitial(KryoRegistrations::kryo);

  @Override
  public int identifier() {
    return SerializerIds.KRYO;
  }

  @Override
  public boolean includeManifest() {
    return false; // the class is a number in the bytes
  }

  @Override
  public byte[] toBinary(Object message) {
    Output out = new Output(FIRST_BYTES, MAX_BYTES);
    kryo.get().writeClassAndObject(out, message);
    return out.toBytes();
  }

  @Override
  public Object fromBinaryJava(byte[] bytes, Class<?> manifest) {
    try {
      return read(bytes);
    } catch (MalformedDataException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * @throws MalformedDataException if that is no message of a registered class, or more than one
   */
  Object read(byte[] bytes) throws MalformedDataException {
    if (bytes.length > MAX_BYTES) {
      throw new MalformedDataException(
          "a Kryo message of " + bytes.length + " bytes, more than " + MAX_BYTES);
    }
    Input in = new Input(bytes);
    try {
      Object message = kryo.get().readClassAndObject(in);
      if (message == null || in.position() != bytes.length) {
        throw new MalformedDataException("not one Kryo message but none, or something after it");
      }
      return message;
    } catch (KryoException | IllegalArgumentException e) {
      throw new MalformedDataException("no Kryo message: " + e.getMessage(), e);
    }
  }
}
