/** Generated from {@code limber/v1}; other modules use the codecs one package above. */
package io.limber.protos.v1;
