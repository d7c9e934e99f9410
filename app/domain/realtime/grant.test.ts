import { expect, test } from 'vitest'
import { type Grant, grantMs, readGrant, signGrant } from './grant.server.ts'

const now = 1_800_000_000_000
const secret = 'a'.repeat(32)
const token = 't'.repeat(43)
const grant: Grant = { sessionId: 7, position: 'abc.12', topics: ['cart:3@5', 'order:9@1'] }
const text = signGrant(grant, { secret, token, now })
const read = (changed: string, by: Partial<Parameters<typeof readGrant>[1]> = {}) =>
  readGrant(changed, { secrets: [secret], token, now, ...by })

test('a grant is read back unchanged until it expires', () => {
  expect(read(text)).toEqual(grant)
  expect(read(text, { now: now + grantMs - 1_000 })).toEqual(grant)
  expect(read(text, { now: now + grantMs })).toBeNull()
  expect(grantMs).toBeLessThan(15 * 60_000)
})

test('a grant is invalid once any character of it is changed', () => {
  for (let at = 0; at < text.length; at += 1) {
    const other = text[at] === '4' ? '5' : '4'
    const changed = text.slice(0, at) + other + text.slice(at + 1)
    expect(read(changed), changed).toBeNull()
  }
})

test('a grant is invalid in a browser with another session, or without one', () => {
  expect(read(text, { token: 'u'.repeat(43) })).toBeNull()
  expect(read(text, { token: null })).toBeNull()
})

test('a public grant is valid in every browser', () => {
  const all: Grant = { sessionId: null, position: 'abc.12', topics: ['product:3', 'catalog'] }
  const made = signGrant(all, { secret, token: null, now })
  expect(read(made)).toEqual(all)
  expect(read(made, { token: null })).toEqual(all)
  expect(read(made.replace('product:3', 'cart:3'))).toBeNull()
})

test('a private topic is never granted without a session', () => {
  for (const topic of ['cart:1', 'order:1', 'admin', 'session:1', 'import:1', 'user:1', 'products'])
    expect(() =>
      signGrant({ sessionId: null, position: 'abc.1', topics: [topic] }, { secret, token, now }),
    ).toThrow('A session is required')
})

test('grants signed with older secrets still verify', () => {
  expect(read(text, { secrets: ['b'.repeat(32), secret] })).toEqual(grant)
  expect(read(text, { secrets: ['b'.repeat(32)] })).toBeNull()
})

test('an invalid text is not a grant', () => {
  for (const nonsense of ['', '~', '~~~~', 'x~y~z', `${text}~more`.slice(1)])
    expect(read(nonsense)).toBeNull()
})
