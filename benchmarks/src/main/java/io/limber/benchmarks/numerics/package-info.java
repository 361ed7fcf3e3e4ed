/** Times of programs; each class is a main that prints JSON and asserts nothing. */
package io.limber.benchmarks.numerics;
