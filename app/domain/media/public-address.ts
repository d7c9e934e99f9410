import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address is on the public internet: not loopback, private, link-local, unique local, carrier-grade NAT,
 * multicast, reserved, or an IPv6 address that stands for an IPv4 one.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  return ipaddr.parse(address).range() === 'unicast'
}
