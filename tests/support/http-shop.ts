import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect } from 'vitest'
import { createShop, signIn } from './cast.ts'
import { databaseUrl } from './database.ts'
import { type RunningShop, startShop } from './running-shop.ts'
import { createVisitor, hiddenFields, type Visitor } from './visitor.ts'

const metricsToken = 'm'.repeat(32)

let shop: RunningShop
let visitors = 0

/** For a test file: the built shop as a process on this file's database, owned by Olga, behind one proxy. */
export function useRunningShop(settings: Record<string, string> = {}): void {
  beforeAll(async () => {
    await createShop()
    shop = await startShop({ databaseUrl }, { TRUST_PROXY: '1', METRICS_TOKEN: metricsToken, ...settings })
  })
  afterAll(async () => {
    await shop.stop()
    expect(shop.output(), 'faults in the log of the server').not.toMatch(/"level":"(error|fatal)"/)
  })
}

export const getShop = () => shop

/** The shop's current metrics. */
export async function getMetrics(): Promise<string> {
  const headers = { authorization: `Bearer ${metricsToken}` }
  return (await fetch(`${shop.origin}/metrics`, { headers })).text()
}

/** A new visitor, at an address of their own, because attempts are counted by address. */
export function newVisitor(cookies: Record<string, string> = {}): Visitor {
  visitors += 1
  return createVisitor(shop.origin, { cookies, address: `198.51.${visitors >> 8}.${visitors & 255}` })
}

export type SignedIn = Visitor & { csrf: string }

/** Olga, signed in, with her session's CSRF token. */
export async function signedInOwner(): Promise<SignedIn> {
  const { olga } = await createShop()
  return signInVisitor(olga)
}

/** A user signed in on a browser of their own, with the session's CSRF token. */
export async function signInVisitor(userId: number): Promise<SignedIn> {
  const user = newVisitor({ sid: await signIn(userId) })
  const { body } = await user.get('/')
  return { ...user, csrf: hiddenFields(body, '/theme').csrf! }
}

/** Adds the variant to the visitor's cart, and returns the fields of the checkout on their page. */
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
    shippingMethod: 'standard',
    payment: 'bank-transfer',
  }
}
