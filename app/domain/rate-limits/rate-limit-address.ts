import { isIPv6 } from 'node:net'

/**
 * The key by which an address is counted: an IPv6 customer owns a whole /64, and an IPv4 address may be written as
 * IPv6 (::ffff:192.0.2.1). Anything else is returned unchanged.
 */
export function rateLimitAddress(ip: string): string {
  if (!isIPv6(ip)) return ip
  const groups = groupsOf(ip)
  const [high, low] = [groups[6]!, groups[7]!]
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/**
 * The eight groups of a valid address. The URL parser writes it in the form of RFC 5952, where only "::" is left to
 * expand.
 */
function groupsOf(ip: string): number[] {
  const [address] = ip.split('%')
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head, tail] = written.split('::').map((part) => part.split(':').filter(Boolean))
  const missing = 8 - head!.length - (tail?.length ?? 0)
  return [...head!, ...Array<string>(missing).fill('0'), ...(tail ?? [])].map((group) =>
    Number.parseInt(group, 16),
  )
}
