package io.limber.protos;

import io.limber.protos.wire.WireCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** {@link WireCodec}, every kind of message; now and then under the manifest of another. */
final class WireTarget implements FuzzTarget {

  private final List<String> manifests;
  private final List<byte[]> valid;
  private String manifest = "";

  WireTarget() throws IOException {
    try (InputStream stored = WireCodec.class.getResourceAsStream("wire-messages.txt")) {
      String text = new String(stored.readAllBytes(), StandardCharsets.UTF_8);
      manifests = text.lines().map(line -> line.split(" ")[0]).toList();
      valid = text.lines().map(line -> HexFormat.of().parseHex(line.split(" ")[1])).toList();
    }
  }

  @Override
  public byte[] frame(Mutator mutator) {
    int kind = mutator.nextInt(valid.size());
    manifest = mutator.nextInt(50) == 0 ? "none" : manifests.get(kind);
    return switch (mutator.nextInt(4)) {
      case 0 -> mutator.noise();
      case 1 -> valid.get(mutator.nextInt(valid.size()));
      default -> mutator.mutate(valid.get(kind));
    };
  }

  @Override
  public void decode(byte[] frame) throws MalformedDataException {
    WireCodec.decode(manifest, frame);
  }
}
