/**
 * What studies conclude with: summaries, bootstrap intervals, rank correlations and permutation
 * tests over a handful of seeds or a few hundred agents. Plain functions of their arguments, safe
 * on any thread; randomness is an argument.
 */
package io.limber.app.statistics;
