/** Writes JSON for scripts: {@link io.limber.app.json.Json}. Stateless; any thread. */
package io.limber.app.json;
