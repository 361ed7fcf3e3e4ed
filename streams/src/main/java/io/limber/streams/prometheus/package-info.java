/**
 * The newest measurements as OpenMetrics text for Prometheus: {@link
 * io.limber.streams.prometheus.PrometheusSink}, whose page an HTTP server hands out. Any thread may
 * ask for the page.
 */
package io.limber.streams.prometheus;
