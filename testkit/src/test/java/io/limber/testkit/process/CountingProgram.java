package io.limber.testkit.process;

/** Says how far it has counted, up to 5. */
final class CountingProgram {

  private final String word;
  private int count;

  private CountingProgram(String word) {
    this.word = word;
  }

  public static void main(String[] arguments) {
    CountingProgram program = new CountingProgram("counted to ");
    while (program.count < 5) {
      program.countOn();
    }
  }

  private void countOn() {
    count++;
    System.out.println(word + count);
  }
}
