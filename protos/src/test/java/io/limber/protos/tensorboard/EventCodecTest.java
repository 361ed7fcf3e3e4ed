package io.limber.protos.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limber.protos.tensorboard.v1.Event;
import java.nio.charset.StandardCharsets;
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

  @Test
  void histograms_ofTwoBuckets_haveTensorBoardsBytes() {
    var histogram = new Histogram(-1, new double[] {0, 2}, new double[] {2, 3});

    assertThat(HexFormat.of().formatHex(EventCodec.histograms(TIME, 1000, Map.of("w", histogram))))
        .isEqualTo(
            "09000000000000f83f10e8072a580a560a01772a5109000000000000f0bf11000000000000004019"
                + "0000000000001440210000000000000040290000000000000c403210000000000000000000000000"
                + "000000403a1000000000000000400000000000000840");
  }

  @Test
  void image_ofSomeBytes_hasTensorBoardsBytes() {
    byte[] png = "png".getBytes(StandardCharsets.UTF_8);

    assertThat(HexFormat.of().formatHex(EventCodec.image(TIME, 1000, "c", 2, 3, png)))
        .isEqualTo("09000000000000f83f10e8072a120a100a0163220b0803100218032203706e67");
  }

  @Test
  void histogram_whoseLimitsDoNotAscend_isRefused() {
    double[] counts = {1, 1};

    assertThatThrownBy(() -> new Histogram(0, new double[] {1, 1}, counts))
        .hasMessageContaining("bucket 1 from 1.0 to 1.0");
    assertThatThrownBy(() -> new Histogram(0, new double[] {1, Double.NaN}, counts))
        .hasMessageContaining("limits must ascend");
  }
}
