/**
 * Labelled images: {@link io.limber.core.data.DataSets} loads what the settings name, {@link
 * io.limber.core.data.LabelledImages} is the result. {@link io.limber.core.data.DataSet} lists the
 * data sets and finds their official files; {@link io.limber.core.data.DataFetcher} downloads them
 * on request and never by itself. Images are immutable and shared by any number of threads.
 */
package io.limber.core.data;
