package io.limber.app.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Ctrl-C and SIGTERM: the first asks for a clean end, the second ends the process at once.
 *
 * <p>A shutdown hook would not do: once hooks run, the JVM is deaf to a second signal, and the exit
 * code is no longer ours. {@code sun.misc.Signal} is the JDK's only other way; it is reached by
 * reflection because naming it is a compiler warning that cannot be suppressed. See
 * docs/adr/004-signals-and-exit-codes.md.
 */
public final class Signals {

  /** What arrived. */
  public enum Signal {
    INT,
    TERM
  }

  private Signals() {}

  /**
   * Takes over both signals for the rest of the process.
   *
   * @param first told about the first signal, on a thread of its own; must not block
   * @param haltCode exit code of the process when a second one arrives
   * @throws IllegalStateException if this JVM has no {@code sun.misc.Signal}
   */
  public static void handle(Consumer<Signal> first, int haltCode) {
    AtomicReference<Signal> received = new AtomicReference<>();
    for (Signal signal : Signal.values()) {
      install(
          signal,
          () -> {
            if (received.compareAndSet(null, signal)) {
              first.accept(signal);
            } else {
              Runtime.getRuntime().halt(haltCode);
            }
          });
    }
  }

  private static void install(Signal signal, Runnable handler) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler invoked =
          (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
              return method.invoke(handler, arguments); // hashCode and so on
            }
            handler.run();
            return null;
          };
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handlerType}, invoked);
      signalType
          .getMethod("handle", signalType, handlerType)
          .invoke(null, signalType.getConstructor(String.class).newInstance(signal.name()), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM cannot handle SIG" + signal + ": " + e, e);
    }
  }
}
