package io.limber.actors.serialization;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.util.DefaultClassResolver;

/**
 * Our own classes by their numbers, and nothing else. Kryo reads a class's name even where
 * registration is required, and a string as a message because it registers that by itself; of both
 * it believes whatever length they claim: 70 bytes made it allocate a gigabyte.
 */
final class NumberedClasses extends DefaultClassResolver {

  private final int first;

  /**
   * @param first our first number; those below are Kryo's
   */
  NumberedClasses(int first) {
    this.first = first;
  }

  @Override
  public Registration readClass(Input input) {
    Registration registration = super.readClass(input);
    if (registration != null && registration.getId() < first) {
      throw new KryoException("class number " + registration.getId() + " is no message");
    }
    return registration;
  }

  @Override
  protected Registration readName(Input input) {
    throw new KryoException("a class must be given by its number, not by its name");
  }
}
