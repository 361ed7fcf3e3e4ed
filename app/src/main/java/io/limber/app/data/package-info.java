/**
 * Data sets that come from elsewhere than their authors' servers: {@link
 * io.limber.app.data.DataImport} turns them into official files, {@link
 * io.limber.app.data.Inventory} lists what is there. One thread each.
 */
package io.limber.app.data;
