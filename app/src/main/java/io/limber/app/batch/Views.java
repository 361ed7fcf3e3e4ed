package io.limber.app.batch;

import java.util.List;

/** Several views as one. */
public record Views(List<BatchView> views) implements BatchView {

  public Views {
    views = List.copyOf(views);
  }

  @Override
  public void show(CellStatus changed, List<CellStatus> all) {
    views.forEach(view -> view.show(changed, all));
  }

  @Override
  public void close() {
    views.forEach(BatchView::close);
  }
}
