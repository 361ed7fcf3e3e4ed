package io.limber.core.replay;

import io.limber.core.config.InvalidSettingException;
import io.limber.core.random.SeededRandom;
import io.limber.core.state.SavedState;
import io.limber.core.state.UnusableStateException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Experience replay: a store, a selector that draws from it, a remover (the oldest go first) and a
 * limiter that decides who waits. Not thread-safe: one owner.
 *
 * <p>Whoever owns it asks {@link #canInsert} and {@link #canSample} first; at least one of them is
 * true at any time. Drawing a batch costs the same whatever the capacity.
 *
 * <p>Its whole state is the rows, {@link #inserted}, {@link #sampled} and the word of its random
 * stream.
 */
public final class ReplayTable implements AutoCloseable {

  private final ReplaySettings settings;
  private final TransitionSpec spec;
  private SeededRandom random;
  private final TransitionStore store;
  private final Selector selector;
  private final SamplesPerInsertLimiter limiter;
  private final int[] drawn;
  private RowCopy copy; // the one under way, or the last
  private boolean closed;

  private ReplayTable(
      ReplaySettings settings, TransitionSpec spec, SeededRandom random, TransitionStore store) {
    this.settings = settings;
    this.spec = spec;
    this.random = random;
    this.store = store;
    selector = new UniformSelector();
    limiter = new SamplesPerInsertLimiter(settings);
    drawn = new int[settings.sampleSize()];
  }

  /**
   * Allocates the whole store; the table is empty.
   *
   * @param random the table's own stream; equal seeds and equal calls draw equal batches
   * @throws InvalidSettingException if the store does not fit in memory or its file cannot be used;
   *     the message names the numbers and the way out
   */
  public static ReplayTable create(
      ReplaySettings settings, TransitionSpec spec, SeededRandom random) {
    return create(settings, spec, random, TransitionStore.SEGMENT_BYTES);
  }

  /** With a bound of the segments, so that a small test sees the borders of a large store. */
  static ReplayTable create(
      ReplaySettings settings, TransitionSpec spec, SeededRandom random, int segmentBytes) {
    StoreMemory memory =
        settings.file().isPresent()
            ? FileMemory.create(settings.file().get(), spec, settings.capacity())
            : AnonymousMemory.forStore(
                settings.storeBytes(spec),
                settings.capacity(),
                AnonymousMemory.Limits.ofThisProcess());
    var store = new TransitionStore(spec, settings.capacity(), segmentBytes, memory);
    return new ReplayTable(settings, spec, random, store);
  }

  /** Whether the limiter lets the next chunk in. */
  public boolean canInsert() {
    return limiter.canInsert(size());
  }

  /** Whether the limiter lets the next batch be drawn. */
  public boolean canSample() {
    return limiter.canSample(size());
  }

  /**
   * Stores all rows of {@code chunk} in order, over the oldest where the table is full.
   *
   * @param chunk 1 to insertSize rows; still the caller's afterwards
   * @throws IllegalStateException if the limiter does not allow it, see {@link #canInsert}
   * @throws IllegalArgumentException if the chunk has another spec or size
   */
  public void insert(Transitions chunk) {
    requireOpen();
    requireSpec(chunk);
    int rows = chunk.size();
    require(
        rows >= 1 && rows <= settings.insertSize(),
        "a chunk of " + rows + " rows must have 1 to insertSize = " + settings.insertSize());
    requireAllowed(canInsert(), "insert");
    if (wouldOverwrite(rows)) {
      throw new IllegalStateException(
          "cannot insert now: rows on their way to a file are not copied yet");
    }
    int slot = oldestSlot();
    store.write(chunk, slot);
    for (int i = 0; i < rows; i++) {
      selector.put(slot);
      slot = slot + 1 == settings.capacity() ? 0 : slot + 1;
    }
    limiter.insert(rows);
  }

  /**
   * Draws a batch by the selector, with replacement, and counts it.
   *
   * @param into takes the rows and their number; its capacity must be sampleSize
   * @throws IllegalStateException if the limiter does not allow it, see {@link #canSample}
   * @throws IllegalArgumentException if the batch has another spec or capacity
   */
  public void sample(Transitions into) {
    requireOpen();
    requireSpec(into);
    require(
        into.capacity() == settings.sampleSize(),
        "a batch of " + into.capacity() + " rows must have sampleSize = " + settings.sampleSize());
    requireAllowed(canSample(), "sample");
    selector.select(drawn, drawn.length, random);
    store.read(drawn, drawn.length, into);
    limiter.sample(drawn.length);
  }

  /**
   * Draws uniformly, with replacement, for a probe: not counted, and without a trace in the table's
   * own random stream.
   *
   * @param into filled to its capacity
   * @param random the probe's stream
   * @throws IllegalStateException if the table is empty
   */
  public void peek(Transitions into, SeededRandom random) {
    requireOpen();
    requireSpec(into);
    int size = size();
    if (size == 0) {
      throw new IllegalStateException("cannot peek: the table is empty");
    }
    int[] slots = random.ints(into.capacity(), 0, size).toArray();
    store.read(slots, slots.length, into);
  }

  /** Whether so many more rows would overwrite what a {@link RowCopy} has not copied yet. */
  public boolean wouldOverwrite(int rows) {
    return copy != null
        && copy.copiedTo() < copy.end()
        && inserted() + rows > copy.copiedTo() + settings.capacity();
  }

  /** What it goes on from, but for the rows: counts and the state of its random stream. */
  public SavedState save() {
    return SavedState.builder()
        .put("inserted", inserted())
        .put("sampled", sampled())
        .put("random", random.state())
        .build();
  }

  /**
   * The rows it holds now, to be written to a file while it goes on; the last copy must be closed.
   *
   * @param from number of the first row wanted, counted from the first insert; rows that are gone
   *     are left out
   */
  public RowCopy copyRows(long from) {
    requireOpen();
    long oldest = inserted() - size();
    copy = new RowCopy(store, spec, Math.min(Math.max(from, oldest), inserted()), inserted());
    return copy;
  }

  /**
   * Refuses what {@link #restore} would refuse by its head alone.
   *
   * @param file of replay rows
   * @throws UnusableStateException if it is no such file, or of another version or byte order
   */
  public static void requireReadable(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      RowFile.read(in);
    }
  }

  /**
   * Fills an empty table with what {@link #save} and {@link RowCopy#writeTo} gave.
   *
   * @param files which together hold at least the rows that the table held; any order
   * @throws UnusableStateException if rows are missing or of another kind of table; the message
   *     names the file
   * @throws IOException if a file cannot be read
   */
  public void restore(SavedState state, List<Path> files) throws IOException {
    requireOpen();
    require(inserted() == 0, "a table that is restored must be empty");
    long end = state.integer("inserted");
    long held = Math.min(Math.max(0, end), settings.capacity());
    RowReader reader = new RowReader(store, spec, end - held, end);
    for (Path file : files) {
      reader.read(file);
    }
    reader.requireAll();
    for (int slot = 0; slot < held; slot++) {
      selector.put(slot);
    }
    limiter.restore(end, state.integer("sampled"), (int) held);
    random = new SeededRandom(state.integer("random"));
  }

  /** Transitions it holds now. */
  public int size() {
    return (int) Math.min(inserted(), settings.capacity());
  }

  /** Transitions inserted so far, those already removed included. */
  public long inserted() {
    return limiter.inserted();
  }

  /** Transitions drawn so far by {@link #sample}. */
  public long sampled() {
    return limiter.sampled();
  }

  /** Where the limiter stands, and who waits for whom. */
  public LimiterState limiterState() {
    return limiter.state(size());
  }

  public ReplaySettings settings() {
    return settings;
  }

  public TransitionSpec spec() {
    return spec;
  }

  /**
   * Checks that its parts agree; cheap enough for every step of a test.
   *
   * @throws IllegalStateException naming what is broken
   */
  public void checkInvariants() {
    limiter.checkInvariants(size());
    selector.checkInvariants(size());
  }

  /** Frees the store at once, a file stays; idempotent. */
  @Override
  public void close() {
    closed = true;
    store.close();
  }

  /** The remover: slots are filled in order, so the next one in the ring holds the oldest item. */
  private int oldestSlot() {
    return (int) (inserted() % settings.capacity());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the replay table is closed");
    }
  }

  private void requireSpec(Transitions transitions) {
    require(
        transitions.spec().equals(spec),
        "transitions of " + transitions.spec() + " do not fit a table of " + spec);
  }

  private void requireAllowed(boolean allowed, String what) {
    if (!allowed) {
      throw new IllegalStateException("cannot " + what + " now: " + limiterState().text());
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
