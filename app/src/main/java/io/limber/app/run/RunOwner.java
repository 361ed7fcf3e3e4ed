package io.limber.app.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who writes a run's folder, as its {@code run.lock} says.
 *
 * @param pid process id on its machine
 * @param host name of that machine
 * @param started when the process was, as text
 */
record RunOwner(long pid, String host, String started) {

  /** This process. */
  static RunOwner self() {
    ProcessHandle process = ProcessHandle.current();
    Instant started = process.info().startInstant().orElseGet(Instant::now);
    return new RunOwner(process.pid(), hostName(), started.toString());
  }

  /** What the file of a lock says; empty if nothing that can be read. */
  static Optional<RunOwner> parse(String text) {
    try {
      Config json = ConfigFactory.parseString(text);
      return Optional.of(
          new RunOwner(json.getLong("pid"), json.getString("host"), json.getString("started")));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /** Whether it runs, or ran, on this machine. */
  boolean isHere() {
    return host.equals(hostName());
  }

  /** Whether a process of this machine has its number; after a while that may be another one. */
  boolean lives() {
    return ProcessHandle.of(pid).isPresent();
  }

  /** For JSON. */
  Map<String, Object> toMap() {
    return Map.of("pid", pid, "host", host, "started", started);
  }

  @Override
  public String toString() {
    return "process %d on %s, started %s".formatted(pid, host, started);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine that cannot resolve its own name
    }
  }
}
