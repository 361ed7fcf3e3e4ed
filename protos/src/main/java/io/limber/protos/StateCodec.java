package io.limber.protos;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.limber.core.state.SavedState;
import io.limber.protos.v1.State;
import io.limber.protos.v1.StateIntegers;
import io.limber.protos.v1.StateParts;
import io.limber.protos.v1.StateReals;
import io.limber.protos.v1.StateValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Saved states as {@code limber.v1.State}.
 *
 * <p>Reading refuses more than {@link #MAX_BYTES} bytes before they are read, more than {@link
 * #MAX_DEPTH} states within each other and more than {@link #MAX_VALUES} values while they are
 * parsed; lists hold numbers only, so what is allocated stays within a small multiple of the bytes.
 */
public final class StateCodec {

  /** Observations of many large environments are the most that a state holds. */
  public static final int MAX_BYTES = 256 << 20;

  public static final int MAX_DEPTH = 16;
  public static final int MAX_VALUES = 1 << 20;

  /** Messages around each level of a state: the value and the list that hold it. */
  private static final int MESSAGES_PER_LEVEL = 3;

  private StateCodec() {}

  /**
   * @throws IllegalArgumentException if {@link #decode} would refuse it
   */
  public static byte[] encode(SavedState state) {
    byte[] bytes = new Writer().message(state, 1).toByteArray();
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a state of " + bytes.length + " bytes must have at most " + MAX_BYTES);
    }
    return bytes;
  }

  /**
   * @throws MalformedDataException if the bytes are truncated, altered, foreign or too many
   */
  public static SavedState decode(byte[] bytes) throws MalformedDataException {
    if (bytes.length > MAX_BYTES) {
      throw tooLarge(bytes.length);
    }
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.setRecursionLimit(MAX_DEPTH * MESSAGES_PER_LEVEL);
      State message = State.parseFrom(in);
      in.checkLastTagWas(0);
      return new Reader().state(message, 1);
    } catch (MalformedDataException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedDataException("no saved state: " + e.getMessage(), e);
    }
  }

  /** Writes the file as a whole or not at all, synced to disk. */
  public static void save(SavedState state, Path file) throws IOException {
    byte[] bytes = encode(state);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws MalformedDataException if the file is no such state; the message begins with its name
   */
  public static SavedState load(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.size(file) > MAX_BYTES) {
        throw tooLarge(Files.size(file));
      }
      return decode(in.readNBytes(MAX_BYTES + 1));
    } catch (MalformedDataException e) {
      throw new MalformedDataException(file + ": " + e.getMessage(), e);
    }
  }

  private static MalformedDataException tooLarge(long bytes) {
    return new MalformedDataException(
        "a saved state of " + bytes + " bytes must have at most " + MAX_BYTES);
  }

  private static final class Writer {

    private int values;

    State message(SavedState state, int depth) {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException(
            "states within each other must be at most " + MAX_DEPTH + " deep");
      }
      values += state.names().size();
      if (values > MAX_VALUES) {
        throw new IllegalArgumentException("a state must have at most " + MAX_VALUES + " values");
      }
      State.Builder message = State.newBuilder();
      state.forEach(new Values(message, depth));
      return message.build();
    }

    private final class Values implements SavedState.Visitor {

      private final State.Builder into;
      private final int depth;

      Values(State.Builder into, int depth) {
        this.into = into;
        this.depth = depth;
      }

      private StateValue.Builder add(String name) {
        return into.addValuesBuilder().setName(name);
      }

      @Override
      public void integer(String name, long value) {
        add(name).setInteger(value);
      }

      @Override
      public void real(String name, double value) {
        add(name).setReal(value);
      }

      @Override
      public void text(String name, String value) {
        add(name).setText(value);
      }

      @Override
      public void bytes(String name, byte[] value) {
        add(name).setRaw(ByteString.copyFrom(value));
      }

      @Override
      public void integers(String name, long[] value) {
        StateIntegers.Builder list = add(name).getIntegersBuilder();
        for (long one : value) {
          list.addValues(one);
        }
      }

      @Override
      public void reals(String name, double[] value) {
        StateReals.Builder list = add(name).getRealsBuilder();
        for (double one : value) {
          list.addValues(one);
        }
      }

      @Override
      public void part(String name, SavedState value) {
        add(name).setPart(message(value, depth + 1));
      }

      @Override
      public void parts(String name, List<SavedState> value) {
        StateParts.Builder list = add(name).getPartsBuilder();
        values += value.size();
        value.forEach(part -> list.addValues(message(part, depth + 1)));
      }
    }
  }

  private static final class Reader {

    private int values;

    SavedState state(State message, int depth) throws MalformedDataException {
      values += message.getValuesCount();
      if (depth > MAX_DEPTH || values > MAX_VALUES) {
        throw new MalformedDataException(
            "a saved state must have at most %d values and be at most %d deep"
                .formatted(MAX_VALUES, MAX_DEPTH));
      }
      SavedState.Builder state = SavedState.builder();
      for (StateValue value : message.getValuesList()) {
        try {
          put(state, value, depth);
        } catch (IllegalArgumentException e) {
          throw new MalformedDataException("no saved state: " + e.getMessage(), e);
        }
      }
      return state.build();
    }

    private void put(SavedState.Builder into, StateValue value, int depth)
        throws MalformedDataException {
      String name = value.getName();
      switch (value.getValueCase()) {
        case INTEGER -> into.put(name, value.getInteger());
        case REAL -> into.put(name, value.getReal());
        case TEXT -> into.put(name, value.getText());
        case RAW -> into.put(name, value.getRaw().toByteArray());
        case INTEGERS ->
            into.put(
                name,
                value.getIntegers().getValuesList().stream().mapToLong(Long::longValue).toArray());
        case REALS ->
            into.put(
                name,
                value.getReals().getValuesList().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray());
        case PART -> into.put(name, state(value.getPart(), depth + 1));
        case PARTS -> into.put(name, list(value.getParts(), depth + 1));
        case VALUE_NOT_SET ->
            throw new MalformedDataException("the value " + name + " is of a newer kind");
      }
    }

    private List<SavedState> list(StateParts parts, int depth) throws MalformedDataException {
      values += parts.getValuesCount();
      List<SavedState> list = new ArrayList<>();
      for (State part : parts.getValuesList()) {
        list.add(state(part, depth));
      }
      return list;
    }
  }
}
