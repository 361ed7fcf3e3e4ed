package io.limber.protos.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.limber.protos.tensorboard.v1.Event;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected bytes: tensorboard 2.21.0's own Event messages of the same content. */
class EventCodecTest {

  private static final Instant TIME = Instant.ofEpochMilli(1500);

  @Test
  void fileVersion_ofALimberFile_hasTensorBoardsBytes() {
    assertThat(HexFormat.of().formatHex(EventCodec.fileVersion(TIME, "limber")))
        .isEqualTo("09000000000000f83f1a0d627261696e2e4576656e743a3252080a066c696d626572");
  }

  @Test
  void scalars_ofOneValue_haveTensorBoardsBytes() {
    byte[] event = EventCodec.scalars(TIME, 1000, Map.of("learner/loss", 0.25));

    assertThat(HexFormat.of().formatHex(event))
        .isEqualTo("09000000000000f83f10e8072a150a130a0c6c6561726e65722f6c6f7373150000803e");
  }

  @Test
  void scalars_ofValuesThatAreNotFinite_keepThem() throws Exception {
    for (Double value : List.of(Double.NaN, Double.POSITIVE_INFINITY)) {
      Event event = Event.parseFrom(EventCodec.scalars(TIME, 0, Map.of("learner/loss", value)));

      assertThat(Float.valueOf(event.getSummary().getValue(0).getSimpleValue()))
          .isEqualTo(Float.valueOf(value.floatValue()));
    }
  }
}
