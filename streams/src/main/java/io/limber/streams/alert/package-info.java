/**
 * Rules over metrics that say when somebody should look: {@link io.limber.streams.alert.AlertSink}
 * judges every report, logs, writes {@code alerts.jsonl}, and calls a webhook on a thread of its
 * own. Used by one thread at a time, like every sink; its states may be asked for by any.
 */
package io.limber.streams.alert;
