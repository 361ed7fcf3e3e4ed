package io.limber.core.env;

/**
 * What a vector of environments went through since it was last asked.
 *
 * @param steps environment steps
 * @param episodes episodes that ended
 * @param rewardSum sum of the rewards of all those steps
 * @param returnSum sum of the undiscounted returns of the episodes that ended
 */
public record EpisodeStatistics(long steps, long episodes, double rewardSum, double returnSum) {}
