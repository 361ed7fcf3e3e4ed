package io.limber.app.dashboard;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import io.limber.app.history.History;
import io.limber.app.history.RunStatus;
import io.limber.app.history.RunStatus.State;
import io.limber.app.history.ShownRun;
import io.limber.app.json.Json;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be done to the run of this process. Every use is logged, and a mark on the step axis.
 */
final class ControlPages {

  private static final Logger LOG = LoggerFactory.getLogger(ControlPages.class);
  private static final Set<State> OVER =
      EnumSet.of(State.ENDING, State.ENDED, State.FAILED, State.SILENT);

  private final RunControls controls;

  ControlPages(RunControls controls) {
    this.controls = controls;
  }

  /** Names for buttons. */
  Map<String, Object> description() {
    return Map.of(
        "checkpoints", controls.checkpoints(),
        "interventions", controls.interventions(),
        "probes", controls.probes());
  }

  /**
   * Tells the run.
   *
   * @param action its name, and for {@code probe} which one
   */
  HttpResponse tell(ShownRun run, List<String> action) {
    History history = run.history();
    if (OVER.contains(history.status().state())) {
      return Answers.error(StatusCodes.CONFLICT, "the run is over");
    }
    String text = String.join(" ", action);
    switch (text) {
      case "pause" -> {
        controls.pause();
        history.status(new RunStatus(State.PAUSED, "by the dashboard"));
      }
      case "resume" -> {
        controls.resume();
        history.status(RunStatus.of(State.RUNNING));
      }
      case "stop" -> {
        controls.stop();
        history.status(new RunStatus(State.ENDING, "by the dashboard"));
      }
      default -> {
        if (!tellNamed(action)) {
          return Answers.notFound();
        }
      }
    }
    LOG.info("control: {} at step {}, asked for at the dashboard", text, history.step());
    history.note(Instant.now(), "control", text);
    return Answers.json(Json.line(Map.of("told", text))).withStatus(StatusCodes.ACCEPTED);
  }

  /** False if there is no such thing. */
  private boolean tellNamed(List<String> action) {
    if (action.equals(List.of("checkpoint")) && controls.checkpoints()) {
      controls.checkpoint();
      return true;
    }
    if (action.size() != 2) {
      return false;
    }
    String name = action.get(1);
    if (action.get(0).equals("probe") && controls.probes().contains(name)) {
      controls.probe(name);
      return true;
    }
    if (action.get(0).equals("fire") && controls.interventions().contains(name)) {
      controls.fire(name);
      return true;
    }
    return false;
  }
}
