import { beforeAll, expect, test, vi } from 'vitest'
import { aPerson } from '#tests/support/cast.ts'
import { aVisitor, useRunningShop } from '#tests/support/http-shop.ts'
import type { Answer } from '#tests/support/visitor.ts'
import { welchTest } from '#tests/support/welch.ts'

vi.setConfig({ testTimeout: 180_000 })
useRunningShop()

const address = (name: string, number: number) => `${name}${String(number).padStart(4, '0')}@hill.example`
let strangers = 0
let asked = 0

/** A new one each time, for asking may make an account. As long as a known one: only what is known may differ. */
function aStranger(): string {
  strangers += 1
  return address('nora', strangers)
}

/** A new one each time too, for tries are counted by account and emails by mailbox. */
function someoneKnown(): string {
  asked += 1
  return address('mara', asked)
}

// Not the owner: her address stands on each page, as the shop's own.
beforeAll(async () => {
  const everyQuestion = questions.length * (samples * rounds + 1)
  for (let number = 1; number <= everyQuestion; number += 1) await aPerson({ email: address('mara', number) })
})

type Question = (address: string) => Promise<Answer>

/**
 * Where somebody could try out who has an account here. Each asks from a network address of its own, for tries are
 * counted by network address, and by it together with the account.
 */
const questions: [string, Question][] = [
  [
    'signing in with a wrong password',
    (email) => aVisitor().post('/login', { email, password: 'five words in a row' }),
  ],
  ['signing up', (email) => aVisitor().post('/signup', { email })],
  ['asking for a new password', (email) => aVisitor().post('/forgot-password', { email })],
  ['asking for one’s orders', (email) => aVisitor().post('/orders', { email })],
]

const samples = 200
/**
 * By chance alone one round in a hundred looks like a difference, and a noisy machine adds its own; three in a row
 * are one in a million. What a server really does differently shows each time.
 */
const rounds = 3

test.each(questions)('%s tells nobody, by answer or by time, who has an account', async (_, ask) => {
  const [stranger, known] = [aStranger(), someoneKnown()]
  const toKnown = comparable(await ask(known), known)
  expect(toKnown).toEqual(comparable(await ask(stranger), stranger))
  expect(toKnown.status).not.toBe(429)

  const seen: number[] = []
  while (seen.length < rounds && (seen.at(-1) ?? 0) <= 0.01) seen.push(await measure(ask))
  expect(seen.at(-1), `p of each round: ${seen.join(', ')}`).toBeGreaterThan(0.01)
})

/** How likely the two differ so much by chance. Asked in turns, so that both meet the same moods of the machine. */
async function measure(ask: Question): Promise<number> {
  const [toKnown, toStrangers]: [number[], number[]] = [[], []]
  const time = async (address: string, times: number[]) => {
    const startedAt = performance.now()
    const { status } = await ask(address)
    times.push(performance.now() - startedAt)
    expect(status).not.toBe(429)
  }
  for (let turn = 0; turn < samples; turn += 1) {
    if (turn % 2 === 0) await time(someoneKnown(), toKnown)
    await time(aStranger(), toStrangers)
    if (turn % 2 === 1) await time(someoneKnown(), toKnown)
  }
  return welchTest(toKnown, toStrangers).p
}

/** An answer without what differs between any two answers: nonce, request id, date, and what was typed. */
function comparable({ status, headers, body }: Answer, typed: string) {
  const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? ''
  const blank = (text: string) =>
    text.replaceAll(nonce, 'NONCE').replaceAll(headers.get('x-request-id')!, 'ID').replaceAll(typed, 'TYPED')
  // A message that is shown once is in a cookie, signed, and with what was typed.
  const { date: _date, 'set-cookie': _cookie, ...others } = Object.fromEntries(headers)
  return { status, headers: JSON.parse(blank(JSON.stringify(others))) as object, body: blank(body) }
}
