package io.limber.app.history;

/**
 * Something that happened once, as a mark on the step axis.
 *
 * @param version of the history when it was noted
 * @param time wall-clock time in milliseconds since 1970
 * @param step learner step
 * @param kind kebab-case: {@code control} or {@code alert}
 * @param text for people, of any characters
 */
record Note(long version, long time, long step, String kind, String text) {}
