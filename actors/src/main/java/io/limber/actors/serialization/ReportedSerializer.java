package io.limber.actors.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A report: source, step, and for each measurement the metric's ordinal and its value. */
final class ReportedSerializer extends Serializer<PeerMessage.Reported> {

  private static final Metric[] METRICS = Metric.values();

  /** An ordinal of one byte or more, and a double. */
  private static final int LEAST_BYTES = 1 + Double.BYTES;

  @Override
  public void write(Kryo kryo, Output out, PeerMessage.Reported message) {
    Report report = message.report();
    byte[] source = report.source().getBytes(StandardCharsets.UTF_8);
    out.writeVarInt(source.length, true);
    out.writeBytes(source);
    out.writeVarLong(report.step(), true);
    out.writeVarInt(report.measurements().size(), true);
    for (Measurement measurement : report.measurements()) {
      out.writeVarInt(measurement.metric().ordinal(), true);
      out.writeDouble(measurement.value());
    }
  }

  @Override
  public PeerMessage.Reported read(
      Kryo kryo, Input in, Class<? extends PeerMessage.Reported> type) {
    String source = BoundedInput.text(in);
    long step = in.readVarLong(true);
    int count = BoundedInput.count(in, LEAST_BYTES);
    List<Measurement> measurements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      measurements.add(new Measurement(metric(in.readVarInt(true)), step, in.readDouble()));
    }
    return new PeerMessage.Reported(new Report(source, step, measurements));
  }

  private static Metric metric(int ordinal) {
    if (ordinal < 0 || ordinal >= METRICS.length) {
      throw new KryoException("no metric has the number " + ordinal);
    }
    return METRICS[ordinal];
  }
}
