package io.limber.core.replay;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;

/**
 * Frees direct and mapped buffers when told, not when the collector gets round to it: a store is
 * large and its buffer objects are small, so the collector sees no reason to hurry.
 *
 * <p>Java 17 has one supported door to this, {@code sun.misc.Unsafe.invokeCleaner} of the module
 * {@code jdk.unsupported}; the compiler warns of that class by name, hence the method handle.
 */
final class NativeMemory {

  private static final MethodHandle INVOKE_CLEANER = invokeCleaner();

  private NativeMemory() {}

  /**
   * Frees {@code buffer}; whoever touches it afterwards crashes the JVM, so the caller must drop
   * its only reference.
   */
  static void free(ByteBuffer buffer) {
    try {
      INVOKE_CLEANER.invoke(buffer);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot free a buffer", e);
    }
  }

  private static MethodHandle invokeCleaner() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      MethodType type = MethodType.methodType(void.class, ByteBuffer.class);
      return MethodHandles.lookup()
          .findVirtual(unsafe, "invokeCleaner", type)
          .bindTo(instance.get(null));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
