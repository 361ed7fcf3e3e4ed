package io.limber.core.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tree of named values that one part of a run goes on from. Immutable: arrays are copied in and
 * out. Names are kebab-case and stable, because checkpoints outlive versions.
 */
public final class SavedState {

  private static final SavedState EMPTY = builder().build();

  private final Map<String, Object> values;

  private SavedState(Map<String, Object> values) {
    this.values = values;
  }

  /** Of a part that keeps nothing. */
  public static SavedState empty() {
    return EMPTY;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** In the order in which they were put. */
  public Set<String> names() {
    return values.keySet();
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * @throws UnusableStateException if there is no such value of this type; the same holds for the
   *     other getters
   */
  public long integer(String name) {
    return get(name, Long.class);
  }

  public double real(String name) {
    return get(name, Double.class);
  }

  public boolean flag(String name) {
    return integer(name) != 0;
  }

  public String text(String name) {
    return get(name, String.class);
  }

  public byte[] bytes(String name) {
    return get(name, byte[].class).clone();
  }

  public long[] integers(String name) {
    return get(name, long[].class).clone();
  }

  public double[] reals(String name) {
    return get(name, double[].class).clone();
  }

  public SavedState part(String name) {
    return get(name, SavedState.class);
  }

  /** The parts of a list, in its order. */
  public List<SavedState> parts(String name) {
    return get(name, Parts.class).list();
  }

  private <T> T get(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      String found =
          value == null ? "it has " + values.keySet() : "it is " + value.getClass().getSimpleName();
      throw new UnusableStateException(
          "a saved state must have " + name + " as " + type.getSimpleName() + "; " + found);
    }
    return type.cast(value);
  }

  /** Sees all values, in the order in which they were put, to write them somewhere. */
  public void forEach(Visitor visitor) {
    values.forEach(
        (name, value) -> {
          if (value instanceof Long v) {
            visitor.integer(name, v);
          } else if (value instanceof Double v) {
            visitor.real(name, v);
          } else if (value instanceof String v) {
            visitor.text(name, v);
          } else if (value instanceof byte[] v) {
            visitor.bytes(name, v.clone());
          } else if (value instanceof long[] v) {
            visitor.integers(name, v.clone());
          } else if (value instanceof double[] v) {
            visitor.reals(name, v.clone());
          } else if (value instanceof SavedState v) {
            visitor.part(name, v);
          } else {
            visitor.parts(name, ((Parts) value).list());
          }
        });
  }

  private record Parts(List<SavedState> list) {}

  /** Takes the values of a state, each with its type. */
  public interface Visitor {

    void integer(String name, long value);

    void real(String name, double value);

    void text(String name, String value);

    void bytes(String name, byte[] value);

    void integers(String name, long[] value);

    void reals(String name, double[] value);

    void part(String name, SavedState value);

    void parts(String name, List<SavedState> value);
  }

  /** Collects values; each name once. */
  public static final class Builder {

    private final Map<String, Object> values = new LinkedHashMap<>();

    private Builder() {}

    public Builder put(String name, long value) {
      return set(name, value);
    }

    public Builder put(String name, double value) {
      return set(name, value);
    }

    public Builder put(String name, boolean value) {
      return set(name, value ? 1L : 0L);
    }

    public Builder put(String name, String value) {
      return set(name, value);
    }

    public Builder put(String name, byte[] value) {
      return set(name, value.clone());
    }

    public Builder put(String name, long[] value) {
      return set(name, value.clone());
    }

    public Builder put(String name, double[] value) {
      return set(name, value.clone());
    }

    public Builder put(String name, SavedState value) {
      return set(name, value);
    }

    public Builder put(String name, List<SavedState> value) {
      return set(name, new Parts(List.copyOf(value)));
    }

    private Builder set(String name, Object value) {
      if (values.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException(name + " is already there");
      }
      return this;
    }

    public SavedState build() {
      return new SavedState(new LinkedHashMap<>(values));
    }
  }
}
