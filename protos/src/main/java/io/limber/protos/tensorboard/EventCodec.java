package io.limber.protos.tensorboard;

import com.google.protobuf.ByteString;
import io.limber.protos.tensorboard.v1.Event;
import io.limber.protos.tensorboard.v1.HistogramProto;
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
    return event(time, step, summary);
  }

  /**
   * Histograms at one step.
   *
   * @param histograms by tag
   */
  public static byte[] histograms(Instant time, long step, Map<String, Histogram> histograms) {
    Summary.Builder summary = Summary.newBuilder();
    histograms.forEach(
        (tag, histogram) ->
            summary.addValue(Summary.Value.newBuilder().setTag(tag).setHisto(proto(histogram))));
    return event(time, step, summary);
  }

  private static HistogramProto proto(Histogram histogram) {
    HistogramProto.Builder proto = HistogramProto.newBuilder();
    double lower = histogram.smallest();
    for (int i = 0; i < histogram.buckets(); i++) {
      double middle = (lower + histogram.limit(i)) / 2;
      double count = histogram.count(i);
      proto.addBucketLimit(histogram.limit(i)).addBucket(count);
      proto.setNum(proto.getNum() + count);
      proto.setSum(proto.getSum() + count * middle);
      proto.setSumSquares(proto.getSumSquares() + count * middle * middle);
      lower = histogram.limit(i);
    }
    return proto.setMin(histogram.smallest()).setMax(lower).build();
  }

  /**
   * A picture at one step.
   *
   * @param png a PNG file in red, green and blue
   */
  public static byte[] image(
      Instant time, long step, String tag, int width, int height, byte[] png) {
    Summary.Image image =
        Summary.Image.newBuilder()
            .setWidth(width)
            .setHeight(height)
            .setColorspace(3)
            .setEncodedImageString(ByteString.copyFrom(png))
            .build();
    return event(
        time,
        step,
        Summary.newBuilder().addValue(Summary.Value.newBuilder().setTag(tag).setImage(image)));
  }

  private static byte[] event(Instant time, long step, Summary.Builder summary) {
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
