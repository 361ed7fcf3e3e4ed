/**
 * The multi-JVM harness: {@link io.limber.testkit.process.JavaProcess} starts a program in a
 * process of its own, listens to it, and pauses or kills it; {@link
 * io.limber.testkit.process.Watchpoint} stops it at an exact place of its code; {@link
 * io.limber.testkit.process.Await} waits for what it leaves behind. Each object has one owner.
 */
package io.limber.testkit.process;
