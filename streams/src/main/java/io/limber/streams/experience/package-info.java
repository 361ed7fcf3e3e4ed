/**
 * The flow of experience: {@link io.limber.streams.experience.ExperienceFlow} towards the replay
 * buffer, {@link io.limber.streams.experience.BatchFlow} from it to the learner.
 */
package io.limber.streams.experience;
