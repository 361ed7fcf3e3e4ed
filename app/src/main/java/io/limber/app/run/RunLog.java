package io.limber.app.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the log of this process into a run's folder from {@link #open} to {@link #close}. The
 * folder is known only after logging has started, so this is not in {@code conf/logback.xml}.
 */
final class RunLog implements AutoCloseable {

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{30} [%thread] %msg%n";

  private final ch.qos.logback.classic.Logger root;
  private final FileAppender<ILoggingEvent> file;

  private RunLog(ch.qos.logback.classic.Logger root, FileAppender<ILoggingEvent> file) {
    this.root = root;
    this.file = file;
  }

  static RunLog open(Path path) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setName(path.toString());
    file.setFile(path.toString());
    file.setEncoder(encoder);
    file.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    if (root.getLevel() == null || root.getLevel().isGreaterOrEqual(Level.WARN)) {
      root.setLevel(Level.INFO);
    }
    root.addAppender(file);
    return new RunLog(root, file);
  }

  @Override
  public void close() {
    root.detachAppender(file);
    file.stop();
  }
}
