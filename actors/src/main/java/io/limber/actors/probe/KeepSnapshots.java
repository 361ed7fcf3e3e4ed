package io.limber.actors.probe;

/** Which measured snapshots stay on disk, {@code limber.probe.keep-snapshots}. */
public enum KeepSnapshots {
  /** None. */
  NONE,
  /** The newest of each probe. */
  LAST,
  /** Each of them, up to {@code limber.probe.keep-at-most} of each probe. */
  ALL
}
