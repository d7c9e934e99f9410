import { eq, sql } from 'drizzle-orm'
import {
  bumpCartVersion,
  createCart,
  isNewGuest,
  lockCart,
  type NewGuest,
} from '#app/domain/cart/cart.server.ts'
import { maxCodes, type Shopper } from '#app/domain/cart/cart.ts'
import { checkCode } from '#app/domain/pricing/check-offer.ts'
import { transaction, type Tx } from '#db/client.ts'
import { carts } from '#db/schema/index.ts'
import { findOffers } from './offers.server.ts'

export type CodeRefusal =
  | 'unknown-code'
  | 'not-started'
  | 'expired'
  | 'used-up'
  | 'too-many-codes'
  /** The shopper signed in or out at the same moment, in another tab. */
  | 'session-expired'

export type ApplyCodeResult = { ok: true; code: string; title: string } | { ok: false; reason: CodeRefusal }

/** A code as it is stored: "  spring 20 " is "SPRING20". */
export function normalizeCode(typed: string): string {
  return typed.replace(/\s/g, '').toUpperCase()
}

/**
 * Puts a code on the shopper's cart. Refused when it leads to no promotion, or to one that cannot apply to any cart now;
 * otherwise it stays on the cart and applies once the cart meets its conditions. The same code twice has no effect. A
 * new guest's session starts only if nothing is refused. Serializes changes of one cart by locking its row.
 */
export async function applyCode(input: {
  shopper: Shopper | NewGuest
  code: string
  now: Date
}): Promise<ApplyCodeResult> {
  const { shopper, now } = input
  const code = normalizeCode(input.code)
  const { offers } = await findOffers({ automatic: [], codes: [code], lines: [], customer: null, now })
  const [offer] = offers
  if (!offer) return { ok: false, reason: 'unknown-code' }
  const refusal = checkCode(offer, now)
  if (refusal) return { ok: false, reason: refusal.reason }
  return transaction(async (tx) => {
    const cartId = isNewGuest(shopper) ? await createCart(tx, shopper) : await lockCart(tx, shopper)
    if (cartId === null) return { ok: false, reason: 'session-expired' }
    const codes = await readCodes(tx, cartId)
    if (!codes.includes(code)) {
      if (codes.length >= maxCodes) return { ok: false, reason: 'too-many-codes' }
      await writeCodes(tx, cartId, [...codes, code])
    }
    return { ok: true, code, title: offer.promotion.title }
  })
}

/** Takes a code off the shopper's cart; one that is not on it has no effect. */
export async function removeCode(input: { shopper: Shopper; code: string }): Promise<void> {
  await transaction(async (tx) => {
    const cartId = await lockCart(tx, input.shopper)
    if (cartId === null) return
    const codes = await readCodes(tx, cartId)
    const left = codes.filter((code) => code !== normalizeCode(input.code))
    if (left.length < codes.length) await writeCodes(tx, cartId, left)
  })
}

/** Remembers where shipping and tax are estimated for. */
export async function setDestination(input: {
  shopper: Shopper
  destination: { country: string; region: string; postcode: string }
}): Promise<void> {
  const { country, region, postcode } = input.destination
  await transaction(async (tx) => {
    const cartId = await lockCart(tx, input.shopper)
    if (cartId === null) return
    await tx
      .update(carts)
      .set({ shipCountry: country, shipRegion: region, shipPostcode: postcode })
      .where(eq(carts.id, cartId))
    await bumpCartVersion(tx, cartId)
  })
}

async function readCodes(tx: Tx, cartId: number): Promise<string[]> {
  const [cart] = await tx.select({ codes: carts.codes }).from(carts).where(eq(carts.id, cartId))
  return cart!.codes
}

async function writeCodes(tx: Tx, cartId: number, codes: string[]): Promise<void> {
  await tx
    .update(carts)
    .set({ codes: sql`${sql.param(codes)}::text[]` })
    .where(eq(carts.id, cartId))
  await bumpCartVersion(tx, cartId)
}
