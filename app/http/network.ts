import { isIPv6 } from 'node:net'

/** What counts as one address: an IPv6 customer owns a whole /64. */
export function networkOf(ip: string): string {
  return isIPv6(ip) && !ip.startsWith('::ffff:') ? ip.split(':').slice(0, 4).join(':') : ip
}
