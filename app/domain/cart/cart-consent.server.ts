import { and, eq, sql } from 'drizzle-orm'
import { giveConsent, hasConsented, withdrawConsent } from '#app/domain/consents/consents.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { carts, marketingConsents } from '#db/schema/index.ts'
import { isCartOf, lockCart } from './cart.server.ts'
import type { Shopper } from './cart.ts'

/** What a guest's checkout form says about marketing emails; `text` is what was shown beside the checkbox. */
type Choice = { email: string; isGiven: boolean; text: string }

/**
 * Stores what a guest chose in a checkout form that placed no order: with consent, their address, so that a reminder of
 * the cart can be sent; nothing else of the form. Without it, a consent that this cart's form gave before is withdrawn.
 */
export async function saveCartConsent(input: { shopper: Shopper; choice: Choice }): Promise<void> {
  await transaction(async (tx) => {
    const cartId = await lockCart(tx, input.shopper)
    if (cartId !== null) await setCartConsent(tx, cartId, input.choice)
  })
}

/** The same as a step of the caller's transaction, which has locked the cart. */
export async function setCartConsent(tx: Tx, cartId: number, choice: Choice): Promise<void> {
  const { email, isGiven, text } = choice
  const [before] = await tx
    .select({ id: marketingConsents.id, email: marketingConsents.email })
    .from(carts)
    .innerJoin(marketingConsents, eq(marketingConsents.id, carts.consentId))
    .where(eq(carts.id, cartId))
  if (!before && !isGiven) return
  if (before && (!isGiven || before.email !== email))
    await withdrawConsent(tx, { email: before.email, source: 'checkout', given: before.id })
  const consentId = isGiven ? await giveConsent(tx, { email, source: 'checkout', text }) : null
  if (consentId !== (before?.id ?? null))
    await tx.update(carts).set({ consentId }).where(eq(carts.id, cartId))
}

/**
 * The address that a guest gave with their consent at the checkout of this cart; null without one, and once it was
 * withdrawn elsewhere: the checkbox is not checked again for those who unsubscribed.
 */
export async function getCartContact(shopper: Shopper): Promise<string | null> {
  if (shopper.userId !== null) return null
  const [found] = await db
    .select({ email: marketingConsents.email })
    .from(carts)
    .innerJoin(marketingConsents, eq(marketingConsents.id, carts.consentId))
    .where(and(isCartOf(shopper), hasConsented(sql`${marketingConsents.email}`)))
  return found?.email ?? null
}
