import fc from 'fast-check'
import { isIPv6 } from 'node:net'
import { expect, test } from 'vitest'
import { rateLimitAddress } from './rate-limit-address.ts'

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
  ['2001:db8::1', '2001:db8:0:0:ffff::9'],
  ['2001:db8::1', '2001:0DB8:0000:0000:1:2:3:4'],
  ['::1', '0:0:0:0:0:0:0:2'],
  ['fe80::1%eth0', 'fe80::2'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
])('rateLimitAddress counts %s and %s as one', (one, other) => {
  expect(rateLimitAddress(one)).toBe(rateLimitAddress(other))
})

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:3::1'],
  ['2001:db8::1', '2001:db8:0:1::1'],
  ['1::', '1:0:0:1::'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.2'],
  ['::ffff:0:1', '::fffe:0:1'],
  ['192.0.2.1', '192.0.2.2'],
])('rateLimitAddress counts %s and %s separately', (one, other) => {
  expect(rateLimitAddress(one)).not.toBe(rateLimitAddress(other))
})

const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }))

/** One of the many spellings of an address: with or without leading zeros, "::", upper case, a zone. */
const spelled = (groups: number[]) =>
  fc
    .record({
      zeros: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      upper: fc.boolean(),
      from: fc.nat(7),
      zone: fc.constantFrom('', '%eth0', '%1'),
    })
    .map(({ zeros, upper, from, zone }) => {
      const parts = groups.map((value, at) => value.toString(16).padStart(zeros[at] ? 4 : 1, '0'))
      let to = from
      while (groups[to] === 0) to += 1
      const text =
        to > from ? `${parts.slice(0, from).join(':')}::${parts.slice(to).join(':')}` : parts.join(':')
      return (upper ? text.toUpperCase() : text) + zone
    })

const address = fc.array(group, { minLength: 8, maxLength: 8 })
const isMapped = (groups: number[]) => groups.slice(0, 5).every((one) => one === 0) && groups[5] === 0xffff

test('rateLimitAddress maps all spellings of a /64 to one network and no other', () => {
  const pairs = fc
    .record({ one: address, host: fc.array(group, { minLength: 4, maxLength: 4 }), other: address })
    .filter(({ one, host }) => !isMapped(one) && !isMapped([...one.slice(0, 4), ...host]))
    .chain(({ one, host, other }) =>
      fc.record({
        one: spelled(one),
        neighbour: spelled([...one.slice(0, 4), ...host]),
        other: spelled(other),
        isSame: fc.constant(one.slice(0, 4).join() === other.slice(0, 4).join() && !isMapped(other)),
      }),
    )
  fc.assert(
    fc.property(pairs, ({ one, neighbour, other, isSame }) => {
      expect([one, neighbour, other].every((text) => isIPv6(text))).toBe(true)
      expect(rateLimitAddress(neighbour)).toBe(rateLimitAddress(one))
      expect(rateLimitAddress(other) === rateLimitAddress(one)).toBe(isSame)
    }),
    { numRuns: 2_000 },
  )
})

test('rateLimitAddress returns other text unchanged', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!isIPv6(text))
      expect(rateLimitAddress(text)).toBe(text)
    }),
  )
})
