package io.limber.app.cli;

import io.limber.app.compare.UnreadableRunException;
import io.limber.app.config.InvalidConfigException;
import io.limber.app.probe.UnusableSnapshotException;
import io.limber.app.run.RunFolderException;
import io.limber.app.run.UnusableRunException;
import io.limber.app.sweep.SweepFileException;
import io.limber.core.config.InvalidSettingException;
import io.limber.core.data.DataFileException;
import io.limber.core.data.FetchException;
import io.limber.numerics.runtime.NativesMissingException;
import io.limber.protos.MalformedDataException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what went wrong into lines for a person and an exit code for a script. What was foreseen
 * shows its message alone; anything else is a defect of the program and shows its stack trace.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    ExitCode code = codeOf(failure);
    if (code == ExitCode.FAILED) {
      failure.printStackTrace(err);
    } else if (failure instanceof InvalidConfigException invalid) {
      invalid.problems().forEach(problem -> err.println("limber: " + problem));
    } else {
      err.println("limber: " + failure.getMessage());
    }
    err.flush();
    return code.code();
  }

  private static ExitCode codeOf(Exception failure) {
    if (failure instanceof InvalidConfigException
        || failure instanceof InvalidSettingException
        || failure instanceof RunFolderException
        || failure instanceof SweepFileException) {
      return ExitCode.USAGE;
    }
    if (failure instanceof NativesMissingException) {
      return ExitCode.LACKING;
    }
    if (failure instanceof DataFileException
        || failure instanceof FetchException
        || failure instanceof UnusableSnapshotException
        || failure instanceof UnreadableRunException
        || failure instanceof UnusableRunException
        || failure instanceof MalformedDataException) {
      return ExitCode.DATA;
    }
    return ExitCode.FAILED;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine commandLine = failure.getCommandLine();
    PrintWriter err = commandLine.getErr();
    err.println("limber: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return ExitCode.USAGE.code();
  }
}
