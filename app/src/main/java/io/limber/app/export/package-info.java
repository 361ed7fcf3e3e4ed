/**
 * A run's measurements in tidy form, for spreadsheets and notebooks: {@link
 * io.limber.app.export.Export}. Streams; one thread.
 */
package io.limber.app.export;
