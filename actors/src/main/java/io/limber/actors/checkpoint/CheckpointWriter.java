package io.limber.actors.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limber.core.checkpoint.Manifest;
import io.limber.core.checkpoint.Retention;
import io.limber.core.checkpoint.Segment;
import io.limber.core.metrics.Metric;
import io.limber.protos.SnapshotCodec;
import io.limber.protos.StateCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Puts a gathered checkpoint on the disk. Blocks. Immutable. */
record CheckpointWriter(CheckpointParts parts, Retention retention, Metric best) {

  /**
   * Writes and completes it, and lets older ones go.
   *
   * @throws UncheckedIOException if it cannot be written; the older ones stay
   */
  Manifest write(Draft draft, List<Segment> segments) {
    Path staging = draft.begin.staging();
    try {
      StateCodec.save(draft.actors(), staging.resolve(ResumePoint.ACTORS));
      SnapshotCodec.save(draft.policy(), staging.resolve(ResumePoint.POLICY));
      Files.writeString(staging.resolve(ResumePoint.CONFIG), parts.config(), UTF_8);
      Manifest manifest =
          parts
              .folder()
              .complete(
                  staging,
                  new Manifest(
                      parts.program(),
                      parts.architecture(),
                      draft.begin.step(),
                      draft.inserted(),
                      draft.metricsBytes(),
                      parts.latest().apply(best),
                      List.of(),
                      segments));
      parts.folder().rotate(retention);
      return manifest;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Frees what a checkpoint that was given up has taken of the disk, as far as that is possible.
   */
  void discard(Path staging) {
    try {
      parts.folder().discard(staging);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the disk has so much room left. */
  boolean hasRoom(long bytes) {
    try {
      return Files.getFileStore(Files.createDirectories(parts.folder().path())).getUsableSpace()
          >= bytes;
    } catch (IOException e) {
      return false;
    }
  }
}
