package io.limber.actors.remote;

import io.limber.core.config.Section;
import java.time.Duration;

/**
 * The part of the section {@code limber.cluster} that is about what goes between nodes.
 *
 * @param waitForEnvironments environment nodes that must be there before the first environment acts
 * @param resendAfter silence after which one side asks the other
 * @param inFlightChunks chunks of one environment actor on their way to the run, if that is more
 *     than {@code environments.in-flight-chunks}
 * @param maxBlockBytes transitions in one message
 * @param linger how long transitions wait for others to fill a message with
 * @param snapshotWindow pieces of a snapshot that may be on their way
 * @param maxSnapshotBytes largest snapshot that a node takes
 * @param probes where probes are computed
 * @param replay where the replay table is
 * @param batchesAhead batches that are drawn ahead of the learner where replay is remote, if that
 *     is more than {@code learner.prefetch-batches}
 */
public record ClusterSettings(
    int waitForEnvironments,
    Duration resendAfter,
    int inFlightChunks,
    int maxBlockBytes,
    Duration linger,
    int snapshotWindow,
    long maxSnapshotBytes,
    ProbePlace probes,
    ReplayPlace replay,
    int batchesAhead) {

  /** The transport's frame of 512 KiB, less room for addresses and lengths. */
  private static final long FRAME_BYTES = 506 << 10;

  /** More would hold up other messages behind them, and fill no round trip better. */
  private static final int MAX_BATCHES_AHEAD = 256;

  /**
   * Reads them.
   *
   * @param limber the section {@code limber}
   * @throws io.limber.core.config.InvalidSettingException if a value cannot work
   */
  public static ClusterSettings from(Section limber) {
    Section cluster = limber.section("cluster");
    Section waitFor = cluster.section("wait-for");
    int environments = waitFor.integer("environment");
    waitFor.require(
        environments >= 1, "environment", environments, "be at least 1, or nothing would act");
    Duration resend = cluster.duration("resend-after");
    cluster.require(resend.toMillis() >= 10, "resend-after", resend, "be at least 10ms");
    int inFlight = cluster.integer("in-flight-chunks");
    cluster.require(
        inFlight >= 1, "in-flight-chunks", inFlight, "be at least 1, or nothing could be sent");
    long block = cluster.bytes("max-block-bytes");
    cluster.require(
        block >= 1 && block <= FRAME_BYTES,
        "max-block-bytes",
        block,
        "lie in [1, " + FRAME_BYTES + "], or the transport would drop the message");
    Duration linger = cluster.duration("linger");
    cluster.require(
        !linger.isNegative() && linger.compareTo(resend) < 0,
        "linger",
        linger,
        "be at least 0 and less than resend-after = " + resend);
    int window = cluster.integer("snapshot-window");
    cluster.require(
        window >= 1, "snapshot-window", window, "be at least 1, or no snapshot would ever arrive");
    long snapshot = cluster.bytes("max-snapshot-bytes");
    cluster.require(snapshot >= 1, "max-snapshot-bytes", snapshot, "be at least 1");
    ReplayPlace replay = cluster.constant("replay", ReplayPlace.class);
    int ahead = cluster.integer("batches-ahead");
    cluster.require(
        ahead >= 0 && ahead <= MAX_BATCHES_AHEAD,
        "batches-ahead",
        ahead,
        "lie in [0, " + MAX_BATCHES_AHEAD + "]: each holds a buffer; 0 draws none ahead");
    return new ClusterSettings(
        environments,
        resend,
        inFlight,
        (int) block,
        linger,
        window,
        snapshot,
        cluster.constant("probes", ProbePlace.class),
        replay,
        ahead);
  }
}
