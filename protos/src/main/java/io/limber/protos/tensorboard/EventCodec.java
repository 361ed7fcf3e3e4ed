package io.limber.protos.tensorboard;

import io.limber.protos.tensorboard.v1.Event;
import io.limber.protos.tensorboard.v1.SessionLog;
import io.limber.protos.tensorboard.v1.SourceMetadata;
import io.limber.protos.tensorboard.v1.Summary;
import java.time.Instant;
import java.util.Map;

/** Payloads of the records of an event file. */
public final class EventCodec {

  private static final String FILE_VERSION = "brain.Event:2";

  private EventCodec() {}

  /**
   * The first event of each file.
   *
   * @param writer name of the program that writes it
   */
  public static byte[] fileVersion(Instant time, String writer) {
    return Event.newBuilder()
        .setWallTime(seconds(time))
        .setFileVersion(FILE_VERSION)
        .setSourceMetadata(SourceMetadata.newBuilder().setWriter(writer))
        .build()
        .toByteArray();
  }

  /**
   * Scalars at one step.
   *
   * @param values tag to value, which is kept in single precision
   */
  public static byte[] scalars(Instant time, long step, Map<String, Double> values) {
    Summary.Builder summary = Summary.newBuilder();
    values.forEach(
        (tag, value) ->
            summary.addValue(
                Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue())));
    return Event.newBuilder()
        .setWallTime(seconds(time))
        .setStep(step)
        .setSummary(summary)
        .build()
        .toByteArray();
  }

  /** A run goes on at {@code step}: readers drop what older files say of later steps. */
  public static byte[] sessionStart(Instant time, long step) {
    return Event.newBuilder()
        .setWallTime(seconds(time))
        .setStep(step)
        .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START))
        .build()
        .toByteArray();
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() * 1e-9;
  }
}
