package io.limber.protos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.probe.ProbeResult;
import io.limber.core.probe.Table;
import io.limber.protos.v1.ProbeTable;
import io.limber.protos.v1.ProbeValue;
import java.util.ArrayList;
import java.util.List;

/** Answers of probes as {@code limber.v1.ProbeAnswer}; numbers keep all their bits. */
public final class ProbeAnswerCodec {

  private ProbeAnswerCodec() {}

  public static byte[] encode(ProbeAnswer answer) {
    io.limber.protos.v1.ProbeAnswer.Builder proto =
        io.limber.protos.v1.ProbeAnswer.newBuilder()
            .setId(answer.id())
            .setStep(answer.step())
            .setSeconds(answer.seconds());
    for (Measurement measured : answer.result().measurements()) {
      proto.addValues(
          ProbeValue.newBuilder().setMetric(measured.metric().id()).setValue(measured.value()));
    }
    answer.result().tables().forEach(table -> proto.addTables(encode(table)));
    return proto.build().toByteArray();
  }

  private static ProbeTable encode(Table table) {
    ProbeTable.Builder proto =
        ProbeTable.newBuilder().setName(table.name()).addAllColumns(table.columns());
    for (double[] row : table.rows()) {
      for (double value : row) {
        proto.addValues(value);
      }
    }
    return proto.build();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param bytes whoever received them bounds their number
   * @throws MalformedDataException if they are no answer, or of a metric that there is not
   */
  public static ProbeAnswer decode(byte[] bytes) throws MalformedDataException {
    try {
      var proto = io.limber.protos.v1.ProbeAnswer.parseFrom(bytes);
      List<Measurement> measurements = new ArrayList<>();
      for (ProbeValue value : proto.getValuesList()) {
        measurements.add(
            new Measurement(metric(value.getMetric()), proto.getStep(), value.getValue()));
      }
      List<Table> tables = new ArrayList<>();
      for (ProbeTable table : proto.getTablesList()) {
        tables.add(decode(table));
      }
      return new ProbeAnswer(
          proto.getId(),
          proto.getStep(),
          proto.getSeconds(),
          new ProbeResult(measurements, tables));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new MalformedDataException("no answer of a probe: " + e.getMessage(), e);
    }
  }

  private static Metric metric(String id) throws MalformedDataException {
    return Metric.ofId(id)
        .orElseThrow(() -> new MalformedDataException("there is no metric " + id));
  }

  private static Table decode(ProbeTable proto) throws MalformedDataException {
    int width = proto.getColumnsCount();
    int count = proto.getValuesCount();
    if (width == 0 || count % width != 0) {
      throw new MalformedDataException(
          "a table has %d columns and %d numbers".formatted(width, count));
    }
    List<double[]> rows = new ArrayList<>(count / width);
    for (int from = 0; from < count; from += width) {
      double[] row = new double[width];
      for (int i = 0; i < width; i++) {
        row[i] = proto.getValues(from + i);
      }
      rows.add(row);
    }
    return new Table(proto.getName(), proto.getColumnsList(), rows);
  }
}
