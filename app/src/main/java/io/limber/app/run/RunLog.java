package io.limber.app.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a run logs into its folder from {@link #open} to {@link #close}, and what belongs to
 * no run of this process; lines of other runs stay out. The folder is known only after logging has
 * started, so this is not in {@code conf/logback.xml}. Opened and closed by the run's own thread.
 */
final class RunLog implements AutoCloseable {

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{30} [%thread] %msg%n";

  private final ch.qos.logback.classic.Logger root;
  private final FileAppender<ILoggingEvent> file;
  private final RunThreads threads;

  private RunLog(
      ch.qos.logback.classic.Logger root, FileAppender<ILoggingEvent> file, RunThreads threads) {
    this.root = root;
    this.file = file;
    this.threads = threads;
  }

  /**
   * @param system name of the run's actor system, by which its threads are known
   */
  static RunLog open(Path path, String system) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    RunThreads threads = RunThreads.enter(system);
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setName(path.toString());
    file.setFile(path.toString());
    file.setEncoder(encoder);
    file.addFilter(new OwnLines(threads));
    file.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    if (root.getLevel() == null || root.getLevel().isGreaterOrEqual(Level.WARN)) {
      root.setLevel(Level.INFO);
    }
    root.addAppender(file);
    return new RunLog(root, file, threads);
  }

  @Override
  public void close() {
    root.detachAppender(file);
    file.stop();
    threads.close();
  }

  /** Asked by the thread that logs. */
  private static final class OwnLines extends Filter<ILoggingEvent> {

    private final RunThreads threads;

    OwnLines(RunThreads threads) {
      this.threads = threads;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
      return threads.mayBeCurrent() ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
  }
}
