package io.limber.testkit.process;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Field;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.PrimitiveValue;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.event.WatchpointEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.WatchpointRequest;
import java.io.IOException;
import java.util.Map;

/**
 * A place in another JVM's program at which a thread of it is made to stand still: where a method
 * reads or writes a field of its object. By the JDK's debugger interface, so that the program is
 * the one that users run. Needs a JDK, and a process that {@link #OPTION} has wait.
 *
 * @param type name of the class
 * @param method of that class, whichever of this name
 * @param field of that class, not static
 */
public record Watchpoint(Access access, String type, String method, String field) {

  /** JVM option of a process that waits at its start for {@link #await}. */
  public static final String OPTION =
      "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0";

  private static final String LISTENS = "Listening for transport dt_socket at address: ";

  /** What the method is about to do with the field when it is stopped. */
  public enum Access {
    READ,
    WRITE
  }

  /**
   * Lets the process run until a thread comes to this place of an object with a certain number.
   * That thread stands still from then on; all others go on. Once for each process.
   *
   * @param number name of another field of the same object, or of the same one, of a number
   * @param value that it has then
   * @throws AssertionError if the process ends before, or does not come there within {@link
   *     JavaProcess#LIMIT}
   */
  public void await(JavaProcess process, String number, long value)
      throws IOException, InterruptedException {
    VirtualMachine machine = attach(process);
    ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
    prepared.addClassFilter(type);
    prepared.enable();
    machine.resume();
    long deadline = System.nanoTime() + JavaProcess.LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      EventSet events = machine.eventQueue().remove(JavaProcess.LIMIT.toMillis());
      if (events != null) {
        for (Event event : events) {
          if (event instanceof WatchpointEvent met && isHere(met, number, value)) {
            return;
          }
          if (event instanceof VMDisconnectEvent) {
            throw new AssertionError("the process ended before " + this + "\n" + process.errors());
          }
          if (event instanceof ClassPrepareEvent loaded) {
            watch(loaded.referenceType());
          }
        }
        events.resume();
      }
    }
    throw new AssertionError("the process did not come to " + this + "\n" + process.errors());
  }

  private static VirtualMachine attach(JavaProcess process)
      throws IOException, InterruptedException {
    String port = process.awaitLine(line -> line.startsWith(LISTENS)).substring(LISTENS.length());
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(found -> found.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.get("hostname").setValue("127.0.0.1");
    arguments.get("port").setValue(port);
    try {
      return connector.attach(arguments);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IOException("cannot attach to port " + port, e);
    }
  }

  private void watch(ReferenceType loaded) {
    Field watched = field(loaded, field);
    WatchpointRequest request =
        access == Access.READ
            ? loaded.virtualMachine().eventRequestManager().createAccessWatchpointRequest(watched)
            : loaded
                .virtualMachine()
                .eventRequestManager()
                .createModificationWatchpointRequest(watched);
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    request.enable();
  }

  private boolean isHere(WatchpointEvent met, String number, long value) {
    ObjectReference object = met.object();
    return met.location().method().name().equals(method)
        && object.getValue(field(object.referenceType(), number)) instanceof PrimitiveValue found
        && found.longValue() == value;
  }

  private static Field field(ReferenceType type, String name) {
    Field found = type.fieldByName(name);
    if (found == null) {
      throw new AssertionError(type.name() + " has no field " + name);
    }
    return found;
  }
}
