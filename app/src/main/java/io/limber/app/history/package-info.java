/**
 * What a run has told so far, in bounded memory: {@link io.limber.app.history.History} keeps a
 * curve of bounded size for each series, whatever the run's length, and tells what changed since a
 * version. {@link io.limber.app.history.HistorySink} fills it from a run of this process, {@link
 * io.limber.app.history.FollowedRun} from the files of any run. Thread-safe.
 */
package io.limber.app.history;
