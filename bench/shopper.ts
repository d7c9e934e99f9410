import { startGuestSession } from '#app/domain/accounts/sessions.server.ts'
import { addToCart } from '#app/domain/cart/cart.server.ts'
import { db } from '#db/client.ts'
import { variants } from '#db/schema/index.ts'

/** A guest with two items in the cart; returns the cookie. */
export async function startShopper(): Promise<string> {
  const { id: sessionId, token } = await startGuestSession('bench')
  const catalog = await db.select({ id: variants.id }).from(variants).limit(2)
  const shopper = { sessionId, userId: null }
  for (const { id } of catalog) await addToCart({ shopper, variantId: id, quantity: 1 })
  return `sid=${token}`
}
