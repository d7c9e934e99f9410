import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { redact, redactText } from './redact.ts'

const secret = 'Wq3vR8zLk1pXy7Tn0aBcDeFgHiJkLmNoPqRsTuVwX_-'

test.each([
  [`/reset-password/${secret}`, '/reset-password/[token]'],
  [`/signup/${secret}.data`, '/signup/[token].data'],
  ['/orders/abcdefghijklmnopqrstuv/reorder', '/orders/[token]/reorder'],
  ['/drafts/abcdefghijklmnopqrstuv', '/drafts/[token]'],
  ['/cart/restore/abcdefghijklmnopqrstuv', '/cart/restore/[token]'],
  ['/Orders/short', '/Orders/[token]'],
  [`/%72eset-password/${secret}`, '/reset-password/[token]'],
  ['https://shop.example/confirm-email/%61bc?x=1', 'https://shop.example/confirm-email/[token]?[query]'],
  ['/invitations//abc', '/invitations//[token]'],
  ['/setup?code=abc', '/setup?[query]'],
  [`a token ${secret}, somewhere`, 'a token [token], somewhere'],
  ['550 <ann@mail.example.com> unknown', '550 <[email]> unknown'],
  ['postgres://till:pw@localhost/till', 'postgres://[credentials]@localhost/till'],
  ['/admin/orders/12/notes', '/admin/orders/12/notes'],
  ['/admin/staff/invitations/new', '/admin/staff/invitations/new'],
  [`/media/${'0'.repeat(64)}/320.webp`, `/media/${'0'.repeat(64)}/320.webp`],
  ['/collections/all', '/collections/all'],
  ['100 % of "select * from users where id = $1"', '100 % of "select * from users where id = $1"'],
])('%s is redacted to %s', (text, written) => {
  expect(redactText(text)).toBe(written)
})

test('a failed query keeps its text and location, and none of its parameters', () => {
  const cause = Object.assign(new Error('invalid input syntax for type bigint: "the password of Ann"'), {
    code: '22P02',
    detail: 'Key (email)=(ann@example.com) already exists.',
    parameters: ['the password of Ann'],
  })
  const values = ['ann@example.com', 'the password of Ann\n    at Ann (ann.ts:1:1)']
  const written = redact({ err: new DrizzleQueryError('select $1', values, cause) }) as { err: object }
  expect(written.err).toMatchObject({
    message: 'Failed query: select $1',
    stack: expect.stringMatching(/^ {4}at .*redact\.test\.ts:\d+:\d+/) as string,
    cause: { code: '22P02', message: 'invalid input syntax for type bigint: "…"' },
  })
  expect(JSON.stringify(written)).not.toMatch(/ann/i)
})

test('an error whose message was changed afterwards keeps only its stack frames', () => {
  const error = new Error('about Ann')
  error.message = 'about somebody'
  expect(JSON.stringify(redact(error))).not.toContain('Ann')
})

test('fields with secret names are removed at any depth, and other objects are reduced to their names', () => {
  const about = { headers: { cookie: 'sid=1', Referer: '/x' }, list: [{ password: 'x' }], status: 503 }
  expect(redact({ ...about, request: new Request('http://a.example/?code=1'), at: null })).toEqual({
    headers: { cookie: '[redacted]', Referer: '[redacted]' },
    list: [{ password: '[redacted]' }],
    status: 503,
    request: '[Request]',
    at: null,
  })
})

test('stack frames of errors in parallel promises are kept', async () => {
  const fail = async () => {
    await Promise.resolve()
    throw new Error('about Ann')
  }
  const error: unknown = await Promise.all([fail()]).catch((thrown: unknown) => thrown)
  ;(error as Error).message = 'about somebody'
  expect((redact(error) as { stack: string }).stack).toMatch(/redact\.test\.ts[^]*\(index 0\)/)
})

test('an error that is its own cause terminates', () => {
  const error = new Error('again')
  error.cause = error
  expect(JSON.stringify(redact(error)).length).toBeLessThan(50_000)
})
