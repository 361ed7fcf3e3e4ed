/** Rules about the shape of the whole code base. */
package io.limber.app.architecture;
