package io.limber.core.agent;

import io.limber.core.data.LabelledImages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How many images a policy names rightly. */
public final class Accuracy {

  /** Images in one forward pass, which bounds its memory. */
  private static final int CHUNK = 512;

  private Accuracy() {}

  /**
   * Share of the images whose label is the greedy action.
   *
   * @param policy with parameters loaded; observes images as they are, in unsigned bytes
   */
  public static double of(Policy policy, LabelledImages images) {
    int bytes = images.shape().stream().reduce(1, Math::multiplyExact);
    int chunk = Math.min(CHUNK, images.size());
    ByteBuffer observations =
        ByteBuffer.allocateDirect(Math.multiplyExact(chunk, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    int[] actions = new int[chunk];
    int right = 0;
    for (int first = 0; first < images.size(); first += chunk) {
      int count = Math.min(chunk, images.size() - first);
      observations.clear();
      for (int i = 0; i < count; i++) {
        images.copyImage(first + i, observations);
      }
      policy.act(observations.flip(), count, actions);
      for (int i = 0; i < count; i++) {
        right += actions[i] == images.label(first + i) ? 1 : 0;
      }
    }
    return (double) right / images.size();
  }
}
