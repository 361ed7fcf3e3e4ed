package io.limber.streams.alert;

import io.limber.core.metrics.Measurement;
import io.limber.core.metrics.Metric;
import io.limber.core.metrics.Report;
import io.limber.streams.metrics.AppendFile;
import io.limber.streams.metrics.MetricSink;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.core5.ssl.SSLContexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges every report by the rules. What begins or ceases to fire is logged, becomes a line of
 * {@code alerts.jsonl}, the metrics {@code alert/firing} and {@code alert/fired}, and a call of the
 * webhook. Loses the oldest reports when it is too slow, as sinks do, and never holds up a run.
 *
 * <p>Watches at most {@value #MAX_SOURCES} sources per rule; what more there are it passes over.
 */
public final class AlertSink implements MetricSink {

  /** As many as a run has actors, and more; a bound on memory whatever the sources' names. */
  static final int MAX_SOURCES = 64;

  /** Source of the webhook's queue's metrics. */
  private static final String WEBHOOK = "alert-webhook";

  private static final Logger LOG = LoggerFactory.getLogger(AlertSink.class);

  private final Map<Metric, List<AlertRule>> rules = new EnumMap<>(Metric.class);
  private final Map<AlertRule, Map<String, Watch>> watches = new LinkedHashMap<>();
  private final Map<AlertRule, Long> fired = new LinkedHashMap<>();
  private final Map<AlertRule, Long> untold = new LinkedHashMap<>(); // with the step it is news of
  private final String run;
  private final AppendFile file;
  private final Optional<Webhook> webhook;
  private final InstantSource clock;
  private boolean resumed; // and not said so yet: what fired before is forgotten

  /**
   * @param runFolder where {@code alerts.jsonl} goes; its name is told to the webhook
   * @param clock tells how long a condition has held
   */
  public AlertSink(AlertSettings settings, Path runFolder, InstantSource clock) {
    this.clock = clock;
    run = runFolder.getFileName().toString();
    Path path = runFolder.resolve("alerts.jsonl");
    resumed = Files.exists(path);
    file = new AppendFile(path);
    for (AlertRule rule : settings.rules()) {
      rules.computeIfAbsent(rule.metric(), metric -> new ArrayList<>()).add(rule);
      watches.put(rule, new TreeMap<>());
      fired.put(rule, 0L);
      untold.put(rule, 0L);
    }
    webhook =
        settings
            .webhook()
            .url()
            .map(
                url ->
                    new Webhook(
                        url,
                        settings.webhook(),
                        InetAddress::getAllByName,
                        SSLContexts.createDefault()));
  }

  @Override
  public String name() {
    return "alerts";
  }

  @Override
  public void accept(Report report, Instant time) throws IOException {
    List<AlertState> changes = new ArrayList<>();
    synchronized (this) {
      for (Measurement measurement : report.measurements()) {
        for (AlertRule rule : rules.getOrDefault(measurement.metric(), List.of())) {
          Watch watch = watch(rule, report.source(), time);
          if (watch != null) {
            watch
                .add(measurement.step(), time, measurement.value())
                .ifPresent(state -> changes.add(note(rule, state)));
          }
        }
      }
    }
    tell(changes);
  }

  /** Null where there are too many sources. */
  private Watch watch(AlertRule rule, String source, Instant time) {
    Map<String, Watch> ofRule = watches.get(rule);
    if (!ofRule.containsKey(source) && ofRule.size() < MAX_SOURCES) {
      ofRule.put(source, new Watch(rule, source, time));
    }
    return ofRule.get(source);
  }

  /** Looks at the clock as well: a condition may have held for long enough by now. */
  @Override
  public void flush() throws IOException {
    Instant now = clock.instant();
    List<AlertState> changes = new ArrayList<>();
    synchronized (this) {
      watches.forEach(
          (rule, ofRule) ->
              ofRule
                  .values()
                  .forEach(
                      watch -> watch.at(now).ifPresent(state -> changes.add(note(rule, state)))));
    }
    tell(changes);
  }

  private AlertState note(AlertRule rule, AlertState state) {
    if (state.firing()) {
      fired.merge(rule, 1L, Long::sum);
    }
    untold.put(rule, state.step());
    return state;
  }

  /** Without the lock: disk and log may be slow, and whoever asks for reports must not wait. */
  private void tell(List<AlertState> changes) throws IOException {
    if (resumed) {
      resumed = false;
      write(AlertJson.restart(run, clock.instant()));
    }
    for (AlertState state : changes) {
      if (state.firing()) {
        LOG.warn("Alert: {}", state.text());
      } else {
        LOG.info("Alert: {}", state.text());
      }
      String json = AlertJson.of(run, state);
      webhook.ifPresent(hook -> hook.send(json));
      write(json);
    }
    file.flush();
  }

  private void write(String json) throws IOException {
    file.append((json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Every rule once at the beginning, and again when it begins or ceases to fire; the webhook's
   * queue, if there is one.
   */
  @Override
  public synchronized List<Report> reports(long step) {
    List<Report> reports = new ArrayList<>();
    untold.forEach((rule, news) -> reports.add(report(rule, news)));
    untold.clear();
    webhook.ifPresent(hook -> reports.add(Report.of(WEBHOOK, step, hook.counters())));
    return reports;
  }

  private Report report(AlertRule rule, long step) {
    return Report.of(
        rule.name(),
        step,
        Map.of(
            Metric.ALERT_FIRING,
            fires(rule) ? 1.0 : 0.0,
            Metric.ALERT_FIRED,
            fired.get(rule).doubleValue()));
  }

  private boolean fires(AlertRule rule) {
    return watches.get(rule).values().stream().anyMatch(watch -> watch.state().firing());
  }

  /** The webhook gets a few seconds for what it has not sent yet. */
  @Override
  public void close() throws IOException {
    webhook.ifPresent(Webhook::close);
    file.close();
  }
}
