import { addCode, normalizeCode } from '#app/domain/cart/codes.server.ts'
import type { NewGuest } from '#app/domain/cart/cart.server.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { checkCode } from '#app/domain/pricing/check-offer.ts'
import { findOffers } from './offers.server.ts'

export type CodeRefusal =
  | 'unknown-code'
  | 'not-started'
  | 'expired'
  | 'used-up'
  | 'too-many-codes'
  /** The shopper signed in or out at the same moment, in another tab. */
  | 'session-expired'

export type ApplyCodeResult = { ok: true; code: string } | { ok: false; reason: CodeRefusal }

/**
 * Puts a code on the shopper's cart. Refused when it leads to no promotion, or to one that cannot apply to any cart now;
 * otherwise it stays on the cart and applies once the cart meets its conditions. A new guest's session starts only if
 * nothing is refused.
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
  const added = await addCode({ shopper, code })
  return added.ok ? { ok: true, code } : added
}
