/**
 * Akka Streams blueprints: nothing here runs before a caller materialises it, and nothing knows an
 * actor's protocol.
 */
package io.limber.streams;
