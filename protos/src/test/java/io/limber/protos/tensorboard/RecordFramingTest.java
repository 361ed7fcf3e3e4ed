package io.limber.protos.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Expected bytes: tensorboard 2.21.0's masked_crc32c and RecordWriter on the same payloads. */
class RecordFramingTest {

  private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);

  @Test
  void maskedCrc_ofKnownBytes_isTensorBoards() {
    assertThat(RecordFraming.maskedCrc(new byte[0], 0, 0)).isEqualTo(0xa282ead8);
    assertThat(RecordFraming.maskedCrc(DIGITS, 0, 9)).isEqualTo(0xc78ab0e5);
    assertThat(RecordFraming.maskedCrc(new byte[32], 0, 32)).isEqualTo(0xfd7fffa);
  }

  @Test
  void frame_ofKnownBytes_isTensorBoards() {
    assertThat(HexFormat.of().formatHex(RecordFraming.frame(DIGITS)))
        .isEqualTo("0900000000000000" + "37f97139" + "313233343536373839" + "e5b08ac7");
  }
}
