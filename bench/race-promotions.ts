import { and, count, eq, isNull } from 'drizzle-orm'
import { removeCode } from '#app/domain/cart/codes.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { applyCode } from '#app/domain/promotions/apply-code.server.ts'
import { db } from '#db/client.ts'
import { promotionRedemptions } from '#db/schema/index.ts'
import { createGuest, createProduct, createShop, filledForm, now } from '#tests/support/cast.ts'
import { createPromotion } from '#tests/support/pricing.ts'

/**
 * Concurrent checkouts with a code that one order may use, with a code that one customer may use once, typed with many
 * spellings of one mailbox, and with a code that is removed meanwhile. Prints the outcomes; returns whether each was
 * used as often as it may be.
 */
export async function racePromotions(buyers: number): Promise<boolean> {
  const strangers = Array.from({ length: buyers }, (_, index) => `buyer-${index}@example.com`)
  const spellings = Array.from({ length: buyers }, (_, index) => spell('annlee', index))
  const once = await createPromotion({ code: 'ONCE', usageLimit: 1 })
  const perCustomer = await createPromotion({ code: 'PERCUSTOMER', limitPerCustomer: 1 })
  await createPromotion({ code: 'REMOVED' })
  const rows = [
    { ...(await race('ONCE', strangers)), expected: 1, used: await usesOf(once.id) },
    { ...(await race('PERCUSTOMER', spellings)), expected: 1, used: await usesOf(perCustomer.id) },
  ]
  console.table(rows)
  const removed = await race('REMOVED', strangers, true)
  console.log('\nThe code is removed while the order is placed:')
  console.table([removed])
  return (
    rows.every((row) => row.placed === row.expected && row.used === row.expected) &&
    removed.placed + removed['total changed'] === buyers
  )
}

async function race(code: string, emails: string[], removes = false) {
  const { settings } = await createShop()
  const placings = await Promise.all(
    emails.map(async (email) => {
      // A product each: buyers of one product would wait for each other.
      const shopper = await createGuest(await createProduct({ price: 2_000 }))
      await applyCode({ shopper, code, now })
      return { shopper, form: await filledForm(shopper, settings, { email }), settings, now }
    }),
  )
  const started = performance.now()
  const results = await Promise.all(
    placings.map(async (placing, index) => {
      const remove = () => (removes ? removeCode({ shopper: placing.shopper, code }) : undefined)
      // Half of the removals are sent first.
      const removed = index % 2 ? remove() : undefined
      const placed = placeOrder(placing)
      await (removed ?? remove())
      return placed
    }),
  )
  return {
    code,
    checkouts: emails.length,
    placed: results.filter((result) => result.ok).length,
    'total changed': results.filter((result) => !result.ok && result.reason === 'total-changed').length,
    ms: Math.round(performance.now() - started),
  }
}

/** One of many spellings of a Gmail address: dots, a suffix, upper case, the other domain. */
function spell(name: string, index: number): string {
  const dotted = [...name].map((letter, place) => ((index >> place) & 1 ? `${letter}.` : letter)).join('')
  const mailbox = `${dotted.replace(/\.$/, '')}${index % 3 ? `+${index}` : ''}`
  return `${index % 2 ? mailbox.toUpperCase() : mailbox}@${index % 5 ? 'gmail.com' : 'GoogleMail.com'}`
}

async function usesOf(promotionId: number): Promise<number> {
  const [row] = await db
    .select({ uses: count() })
    .from(promotionRedemptions)
    .where(and(eq(promotionRedemptions.promotionId, promotionId), isNull(promotionRedemptions.releasedAt)))
  return row!.uses
}
