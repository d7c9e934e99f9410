import { beforeAll, expect, test, vi } from 'vitest'
import { createUser } from '#tests/support/cast.ts'
import { newVisitor, useRunningShop } from '#tests/support/http-shop.ts'
import type { Answer } from '#tests/support/visitor.ts'
import { welchTTest } from '#tests/support/t-test.ts'

vi.setConfig({ testTimeout: 180_000 })
useRunningShop()

const address = (name: string, number: number) => `${name}${String(number).padStart(4, '0')}@hill.example`
let unknown = 0
let asked = 0

/**
 * A new one each time, because a request may create an account. As long as a known one: only its existence may differ.
 */
function unknownEmail(): string {
  unknown += 1
  return address('nora', unknown)
}

/** A new one each time too, because attempts are counted by account and emails by mailbox. */
function knownEmail(): string {
  asked += 1
  return address('mara', asked)
}

// Not the owner: her email is on each page, as the shop's contact.
beforeAll(async () => {
  const everyQuestion = questions.length * (samples * rounds + 1)
  for (let number = 1; number <= everyQuestion; number += 1)
    await createUser({ email: address('mara', number) })
})

type Question = (address: string) => Promise<Answer>

/**
 * Requests that could reveal who has an account here. Each comes from its own network address, because attempts are
 * counted by network address, and by address and account together.
 */
const questions: [string, Question][] = [
  [
    'signing in with a wrong password',
    (email) => newVisitor().post('/login', { email, password: 'five words in a row' }),
  ],
  ['signing up', (email) => newVisitor().post('/signup', { email })],
  ['requesting a password reset', (email) => newVisitor().post('/forgot-password', { email })],
  ['requesting order links', (email) => newVisitor().post('/orders', { email })],
]

const samples = 200
/**
 * By chance one round in a hundred looks like a difference, and a noisy machine adds its own; three in a row are one in
 * a million. A real difference shows every time.
 */
const rounds = 3

test.each(questions)('%s does not reveal, by response or timing, who has an account', async (_, ask) => {
  const [unknownAddress, known] = [unknownEmail(), knownEmail()]
  const toKnown = comparable(await ask(known), known)
  expect(toKnown).toEqual(comparable(await ask(unknownAddress), unknownAddress))
  expect(toKnown.status).not.toBe(429)

  const seen: number[] = []
  while (seen.length < rounds && (seen.at(-1) ?? 0) <= 0.01) seen.push(await measure(ask))
  expect(seen.at(-1), `p of each round: ${seen.join(', ')}`).toBeGreaterThan(0.01)
})

/** The probability that the two differ this much by chance. Requests alternate, so that both meet the same load. */
async function measure(ask: Question): Promise<number> {
  const [toKnown, toUnknown]: [number[], number[]] = [[], []]
  const time = async (address: string, times: number[]) => {
    const startedAt = performance.now()
    const { status } = await ask(address)
    times.push(performance.now() - startedAt)
    expect(status).not.toBe(429)
  }
  for (let turn = 0; turn < samples; turn += 1) {
    if (turn % 2 === 0) await time(knownEmail(), toKnown)
    await time(unknownEmail(), toUnknown)
    if (turn % 2 === 1) await time(knownEmail(), toKnown)
  }
  return welchTTest(toKnown, toUnknown).p
}

/** A response without what differs between any two responses: nonce, request id, date, and typed input. */
function comparable({ status, headers, body }: Answer, typed: string) {
  const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? ''
  const blank = (text: string) =>
    text.replaceAll(nonce, 'NONCE').replaceAll(headers.get('x-request-id')!, 'ID').replaceAll(typed, 'TYPED')
  // A flash message is in a signed cookie, with the typed input.
  const { date: _date, 'set-cookie': _cookie, ...others } = Object.fromEntries(headers)
  return { status, headers: JSON.parse(blank(JSON.stringify(others))) as object, body: blank(body) }
}
