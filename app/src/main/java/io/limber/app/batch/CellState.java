package io.limber.app.batch;

/** How far a cell is. */
public enum CellState {
  /** Its turn has not come. */
  WAITING("waiting"),
  /** It trains. */
  RUNNING("running"),
  /** All its updates are done, now or in an earlier batch. */
  FINISHED("finished"),
  /** A signal came while it trained; the next batch goes on with it. */
  STOPPED("stopped"),
  /** Something went wrong; the next batch tries again. */
  FAILED("failed");

  private final String text;

  CellState(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
