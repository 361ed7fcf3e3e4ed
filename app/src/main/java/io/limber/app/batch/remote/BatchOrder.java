package io.limber.app.batch.remote;

import java.nio.file.Path;

/**
 * What nodes must know of a batch.
 *
 * @param sweep unique for each start
 * @param folder absolute; where each cell has a folder, on every node
 * @param version of this program
 * @param cellBytes what the greatest cell takes of memory
 */
public record BatchOrder(String sweep, Path folder, String version, long cellBytes) {}
