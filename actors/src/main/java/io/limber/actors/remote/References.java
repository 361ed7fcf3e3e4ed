package io.limber.actors.remote;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.ActorContext;

/** Actors' addresses as text, for messages. */
public final class References {

  private References() {}

  public static String of(ActorContext<?> context, ActorRef<?> actor) {
    return ActorRefResolver.get(context.getSystem()).toSerializationFormat(actor);
  }

  /**
   * @param <T> what that actor takes; the sender of the text vouches for it
   */
  public static <T> ActorRef<T> resolve(ActorContext<?> context, String reference) {
    return ActorRefResolver.get(context.getSystem()).resolveActorRef(reference);
  }
}
