package io.limber.app.study;

/**
 * A value that the paper leaves open, or that a scale changes.
 *
 * @param what it is
 * @param chosen what was chosen
 * @param reason in a few words
 */
public record OpenValue(String what, String chosen, String reason) {}
