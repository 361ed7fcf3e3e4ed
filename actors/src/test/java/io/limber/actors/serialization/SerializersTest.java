package io.limber.actors.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.protos.EncodedTransitions;
import io.limber.protos.MalformedDataException;
import io.limber.protos.wire.ToInlet;
import io.limber.protos.wire.ToSender;
import io.limber.testkit.AkkaTestKit;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SerializersTest {

  @RegisterExtension static final AkkaTestKit AKKA = AkkaTestKit.create();

  private static final PeerMessage.Reported REPORTED =
      new PeerMessage.Reported(
          Report.of(
              "learner-0", 300, Map.of(Metric.LEARNER_LOSS, 0.25, Metric.LEARNER_UPDATES, 300.0)));

  private static Serialization serialization() {
    return SerializationExtension.get(AKKA.kit().system());
  }

  @Test
  void wireMessages_ofAnyGroup_areProtobuf() {
    Serialization serialization = serialization();

    for (Object message : new Object[] {new ToInlet.Ask(1), new ToSender.SnapshotCredit(1, 2)}) {
      assertThat(serialization.findSerializerFor(message)).isInstanceOf(ProtobufSerializer.class);
      byte[] bytes = serialization.serialize(message).get();
      assertThat(
              serialization
                  .deserialize(
                      bytes,
                      SerializerIds.PROTOBUF,
                      Serializers.manifestFor(serialization.findSerializerFor(message), message))
                  .get())
          .isEqualTo(message);
    }
  }

  @Test
  void wireMessage_inTheTransportsBuffer_isTheSameBytesAndComesBack() {
    ProtobufSerializer serializer = new ProtobufSerializer();
    ToInlet.Blocks blocks =
        new ToInlet.Blocks(3, 4, List.of(EncodedTransitions.copyOf((byte) 1, (byte) 2, (byte) 3)));
    ByteBuffer buffer = ByteBuffer.allocateDirect(100);

    serializer.toBinary(blocks, buffer);
    buffer.flip();

    assertThat(buffer.duplicate()).isEqualTo(ByteBuffer.wrap(serializer.toBinary(blocks)));
    assertThat(serializer.fromBinary(buffer, serializer.manifest(blocks))).isEqualTo(blocks);
    // which the transport takes as: too large for a frame
    assertThatThrownBy(() -> serializer.toBinary(blocks, ByteBuffer.allocateDirect(5)))
        .isInstanceOf(BufferOverflowException.class);
  }

  @Test
  void peerMessages_areKryoAndComeBackAsTheyWere() {
    assertThat(serialization().findSerializerFor(REPORTED)).isInstanceOf(KryoSerializer.class);

    byte[] bytes = serialization().serialize(REPORTED).get();

    assertThat(serialization().deserialize(bytes, SerializerIds.KRYO, "").get())
        .isEqualTo(REPORTED);
  }

  /** Equal nodes must agree on every byte; another order of registration would show here. */
  @Test
  void reported_inKryo_isTheStoredBytes() {
    assertThat(HexFormat.of().formatHex(new KryoSerializer().toBinary(REPORTED)))
        .isEqualTo("16096c6561726e65722d30ac020200000000000000d03f020000000000c07240");
  }

  @Test
  void kryo_classThatIsNotRegistered_isNeitherWrittenNorRead() {
    KryoSerializer serializer = new KryoSerializer();
    Kryo open = new Kryo();
    open.setRegistrationRequired(false);
    Output out = new Output(1024);
    open.writeClassAndObject(out, new ArrayList<>());

    assertThatThrownBy(() -> serializer.toBinary(new ArrayList<>()))
        .hasMessageContaining("not registered");
    assertThatThrownBy(() -> serializer.read(out.toBytes()))
        .isInstanceOf(MalformedDataException.class);
  }

  @Test
  void kryo_lengthBeyondTheInput_isRefusedBeforeAnythingIsAllocated() {
    Output out = new Output(64);
    out.writeVarInt(20 + 2, true); // Reported: Kryo stores the id plus 2
    out.writeVarInt(Integer.MAX_VALUE, true);

    assertThatThrownBy(() -> new KryoSerializer().read(out.toBytes()))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("bytes are left");
  }

  @Test
  void kryo_truncatedAnywhere_isRefused() {
    KryoSerializer serializer = new KryoSerializer();
    byte[] bytes = serializer.toBinary(REPORTED);

    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> serializer.read(truncated))
          .isInstanceOf(MalformedDataException.class);
    }
  }

  @Test
  void javaSerialization_ofAnything_isRefused() {
    assertThat(serialization().serialize(new ArrayList<>()).isFailure()).isTrue();
  }
}
