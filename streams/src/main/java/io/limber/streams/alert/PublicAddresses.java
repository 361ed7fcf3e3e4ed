package io.limber.streams.alert;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Tells addresses of the open internet from those that only mean something here: loopback, private
 * networks, a cloud's metadata service. A webhook's address comes from a configuration that may not
 * be the operator's own, and must not become a way into the network.
 *
 * @see "IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890)"
 */
final class PublicAddresses {

  private PublicAddresses() {}

  /** Whether anyone on the internet would reach the same machine by it. */
  static boolean contains(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean special =
        first == 0
            || (first == 100 && (second & 0xc0) == 64) // shared by a carrier's customers
            || (first == 192 && second == 0 && third == 0) // protocol assignments
            || (first == 198 && (second & 0xfe) == 18) // benchmarks
            || first >= 240; // reserved, and broadcast
    return !special;
  }

  /** Global unicast is 2000::/3; of that, ranges that carry an IPv4 address inside are left out. */
  private static boolean isPublic6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    boolean globalUnicast = (first & 0xe000) == 0x2000;
    boolean tunnel = first == 0x2002 || (first == 0x2001 && second == 0);
    return globalUnicast && !tunnel;
  }
}
