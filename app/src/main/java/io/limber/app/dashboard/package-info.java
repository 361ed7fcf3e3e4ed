/**
 * The live dashboard: {@link io.limber.app.dashboard.DashboardServer} serves the page, the runs'
 * histories as server-sent events, and, where allowed, controls. It has an actor system of its own,
 * so that what it does shares no thread with training. See docs/dashboard.md for what it promises.
 */
package io.limber.app.dashboard;
