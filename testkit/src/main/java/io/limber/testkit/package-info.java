/**
 * Helpers of the tests: fakes that refuse input a real part would choke on, and a JUnit 5 extension
 * for Akka's test kit, {@link io.limber.testkit.AkkaTestKit}. Programs in processes of their own
 * and bad networks have packages below. Test scope only.
 */
package io.limber.testkit;
