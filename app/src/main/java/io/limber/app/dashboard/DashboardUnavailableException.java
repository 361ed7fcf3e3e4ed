package io.limber.app.dashboard;

/** The dashboard cannot be served; the message says why and what to try. A run goes on without. */
public final class DashboardUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DashboardUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
