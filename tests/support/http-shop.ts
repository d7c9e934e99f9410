import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect } from 'vitest'
import { olgaOpensHerShop, signIn } from './cast.ts'
import { databaseUrl } from './database.ts'
import { type RunningShop, startShop } from './running-shop.ts'
import { createVisitor, hiddenFields, type Visitor } from './visitor.ts'

const metricsToken = 'm'.repeat(32)

let shop: RunningShop
let visitors = 0

/** For a test file: the built shop as a process on this file's database, opened by Olga, behind one proxy. */
export function useRunningShop(settings: Record<string, string> = {}): void {
  beforeAll(async () => {
    await olgaOpensHerShop()
    shop = await startShop({ databaseUrl }, { TRUST_PROXY: '1', METRICS_TOKEN: metricsToken, ...settings })
  })
  afterAll(async () => {
    await shop.stop()
    expect(shop.output(), 'faults in the log of the server').not.toMatch(/"level":"(error|fatal)"/)
  })
}

export const theShop = () => shop

/** The shop's metrics as they are now. */
export async function theMetrics(): Promise<string> {
  const headers = { authorization: `Bearer ${metricsToken}` }
  return (await fetch(`${shop.origin}/metrics`, { headers })).text()
}

/** Somebody new, at an address of their own, because tries are counted by address. */
export function aVisitor(cookies: Record<string, string> = {}): Visitor {
  visitors += 1
  return createVisitor(shop.origin, { cookies, address: `198.51.${visitors >> 8}.${visitors & 255}` })
}

export type SignedIn = Visitor & { csrf: string }

/** Olga, signed in, and the token that her pages carry. */
export async function theOwner(): Promise<SignedIn> {
  const { olga } = await olgaOpensHerShop()
  return someoneSignedIn(olga)
}

/** Somebody signed in on a browser of their own, and the token that their pages carry. */
export async function someoneSignedIn(userId: number): Promise<SignedIn> {
  const person = aVisitor({ sid: await signIn(userId) })
  const { body } = await person.get('/')
  return { ...person, csrf: hiddenFields(body, '/theme').csrf! }
}

/** Puts the variant into the visitor's cart, and answers with the fields of the checkout as their page has them. */
export async function openCheckout(
  visitor: Visitor,
  line: { variantId: number; quantity?: number },
): Promise<Record<string, string>> {
  const { csrf = '' } = visitor.cookies.has('sid')
    ? hiddenFields((await visitor.get('/')).body, '/theme')
    : {}
  const added = await visitor.post('/cart/lines', {
    csrf,
    variantId: String(line.variantId),
    quantity: String(line.quantity ?? 1),
  })
  expect(added.location).toBe('/cart')
  const page = await visitor.get('/checkout')
  return {
    ...hiddenFields(page.body, '/checkout'),
    // Orders are counted by mailbox.
    email: `ada-${randomUUID()}@example.com`,
    name: 'Ada Byron',
    line1: '12 Square',
    postcode: 'D02 X285',
    city: 'Dublin',
    country: 'IE',
    delivery: 'standard',
    payment: 'bank-transfer',
  }
}
