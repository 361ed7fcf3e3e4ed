package io.limber.app.batch;

/**
 * How one attempt at a cell ended.
 *
 * @param state finished, stopped or failed
 * @param step learner updates done
 * @param details after a failure what went wrong, else empty
 */
public record CellEnd(CellState state, long step, String details) {}
