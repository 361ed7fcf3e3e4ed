package io.limber.app.cluster;

import io.limber.app.run.ProgramVersion;
import io.limber.core.data.LabelledImages;
import io.limber.core.hash.Sha256;
import io.limber.core.metrics.Metric;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a run and a node must have in common to understand each other.
 *
 * @param program version, and a digest of the metrics, whose order Kryo relies on
 * @param data digest of the images and labels
 */
record Fingerprint(String program, String data) {

  private static final int DIGITS = 16;

  static Fingerprint of(LabelledImages images) {
    return new Fingerprint(programOf(), data(images));
  }

  /** As a message has it. */
  String text() {
    return program + " " + data;
  }

  /** Why a run of that fingerprint cannot be hosted by this one; empty if it can. */
  Optional<String> refusal(String run) {
    Optional<String> otherProgram = refusalOfProgram(run);
    if (otherProgram.isPresent()) {
      return otherProgram;
    }
    String theirData = run.substring(run.lastIndexOf(' ') + 1);
    if (!theirData.equals(data)) {
      return Optional.of(
          "its data set has the digest "
              + data
              + ", that of the run "
              + theirData
              + ": give it the same files (--data)");
    }
    return Optional.empty();
  }

  /** Why a run of that fingerprint cannot use anything of this program; empty if it can. */
  static Optional<String> refusalOfProgram(String run) {
    String theirs = run.substring(0, Math.max(0, run.lastIndexOf(' ')));
    String ours = programOf();
    return theirs.equals(ours)
        ? Optional.empty()
        : Optional.of("it runs Limber " + ours + ", the run Limber " + theirs);
  }

  /** Of this program, without any data. */
  static String programOf() {
    MessageDigest digest = Sha256.newDigest();
    for (Metric metric : Metric.values()) {
      digest.update((metric.id() + '\n').getBytes(StandardCharsets.UTF_8));
    }
    return ProgramVersion.text() + "+metrics." + hex(digest);
  }

  private static String data(LabelledImages images) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(images.shape().toString().getBytes(StandardCharsets.UTF_8));
    int bytes = images.shape().stream().reduce(1, Math::multiplyExact);
    ByteBuffer image = ByteBuffer.allocate(bytes + 1);
    for (int i = 0; i < images.size(); i++) {
      images.copyImage(i, image.clear());
      digest.update(image.put((byte) images.label(i)).array());
    }
    return hex(digest);
  }

  private static String hex(MessageDigest digest) {
    return Sha256.hex(digest).substring(0, DIGITS);
  }
}
