/**
 * Native things and who closes them. {@link io.limber.actors.resource.Resources} opens them on the
 * native dispatcher; a {@link io.limber.actors.resource.Lease} belongs to one actor and is used
 * from its thread only.
 */
package io.limber.actors.resource;
