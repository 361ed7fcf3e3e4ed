package io.limber.numerics.runtime;

/** TensorFlow's native libraries cannot be loaded. Nothing can be computed: the program stops. */
public final class NativesMissingException extends IllegalStateException {

  NativesMissingException(Throwable cause) {
    super(
        "TensorFlow's native libraries could not be loaded ("
            + cause.getMessage()
            + "); Limber ships them for Linux on x86-64: is this another platform, or is the temporary"
            + " folder full or mounted noexec? `./limber doctor` tells more",
        cause);
  }
}
