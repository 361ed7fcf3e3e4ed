/**
 * The command line: {@link io.limber.app.cli.Limber} and one class for each command. Commands read
 * options, call the package that does the work, and print. Exit codes stand in {@link
 * io.limber.app.cli.ExitCode}.
 */
package io.limber.app.cli;
