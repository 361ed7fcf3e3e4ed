package io.limber.app.study;

import java.util.List;

/**
 * Figures of one size shown one after the other, again and again.
 *
 * @param name kebab-case; name of its file
 * @param caption what changes from frame to frame
 * @param frames at least one
 */
public record Animation(String name, String caption, List<StudyFigure> frames) {

  public Animation {
    frames = List.copyOf(frames);
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("animation " + name + " needs a frame");
    }
  }
}
