/** Generated from {@code limber/tensorboard/v1}; other modules use the codecs one package above. */
package io.limber.protos.tensorboard.v1;
