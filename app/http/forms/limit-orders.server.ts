import type { CartOwner } from '#app/domain/cart/cart.ts'
import { refundRateLimit } from '#app/domain/rate-limits/rate-limits.server.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'

/**
 * Counts an order that is about to be placed by address, mailbox, cart and for the whole store; throws the 429
 * Response when a limit is exceeded. What places no new order (a refusal, a double submit) has to be refunded.
 */
export async function limitOrders(order: {
  ip: string
  email: string
  shopper: CartOwner
}): Promise<{ refund(): Promise<void> }> {
  const counted = [
    ['orderAddress', order.ip],
    ['orderEmail', order.email],
    ['orderCart', nameOf(order.shopper)],
    ['orderShop', 'all'],
  ] as const
  for (const [limit, who] of counted) await enforceRateLimit(limit, who)
  return {
    async refund() {
      for (const [limit, who] of counted) await refundRateLimit(limit, who)
    },
  }
}

function nameOf(owner: CartOwner): string {
  if (owner.sessionId === null) return `draft ${owner.draftId}`
  return owner.userId === null ? `session ${owner.sessionId}` : `user ${owner.userId}`
}
