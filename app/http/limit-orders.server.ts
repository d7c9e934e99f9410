import type { Shopper } from '#app/domain/cart/cart.ts'
import { limitTries, returnTry } from './rate-limit.ts'

/**
 * Counts an order that is about to be placed by address, mailbox, cart and for the whole shop; throws the 429
 * Response when one of them has had enough. What places nothing new (a refusal, the same form once more) is to be
 * given back.
 */
export async function limitOrders(order: {
  ip: string
  email: string
  shopper: Shopper
}): Promise<{ giveBack(): Promise<void> }> {
  const { sessionId, userId } = order.shopper
  const counted = [
    ['orderAddress', order.ip],
    ['orderMail', order.email],
    ['orderCart', userId === null ? `session ${sessionId}` : `user ${userId}`],
    ['orderShop', 'all'],
  ] as const
  for (const [limit, who] of counted) await limitTries(limit, who)
  return {
    async giveBack() {
      for (const [limit, who] of counted) await returnTry(limit, who)
    },
  }
}
