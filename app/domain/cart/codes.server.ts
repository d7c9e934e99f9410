import { eq } from 'drizzle-orm'
import { transaction, type Tx } from '#db/client.ts'
import { carts } from '#db/schema/index.ts'
import { bumpCartVersion, createCart, isNewGuest, lockCart, type NewGuest } from './cart.server.ts'
import { maxCodes, type Shopper } from './cart.ts'

/** A code as it is stored: "  spring 20 " is "SPRING20". */
export function normalizeCode(typed: string): string {
  return typed.replace(/\s/g, '').toUpperCase()
}

/**
 * Puts a promotion code on the shopper's cart; the same code twice has no effect. Whether a promotion has it is not
 * checked. Serializes changes of one cart by locking its row.
 */
export async function addCode(input: {
  shopper: Shopper | NewGuest
  code: string
}): Promise<{ ok: true } | { ok: false; reason: 'too-many-codes' | 'session-expired' }> {
  const { shopper, code } = input
  return transaction(async (tx) => {
    const cartId = isNewGuest(shopper) ? await createCart(tx, shopper) : await lockCart(tx, shopper)
    if (cartId === null) return { ok: false, reason: 'session-expired' }
    const codes = await readCodes(tx, cartId)
    if (codes.includes(code)) return { ok: true }
    if (codes.length >= maxCodes) return { ok: false, reason: 'too-many-codes' }
    await writeCodes(tx, cartId, [...codes, code])
    return { ok: true }
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
  await tx.update(carts).set({ codes }).where(eq(carts.id, cartId))
  await bumpCartVersion(tx, cartId)
}
