import { getCart } from '#app/domain/cart/get-cart.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { detailsOf, getDraft, ownerOf } from './drafts.server.ts'
import { quoteDraft } from './quote-draft.server.ts'

/** A draft order for staff with its items and what it costs now; null when there is none, or when it was deleted. */
export async function readDraft(draftId: number, settings: Settings) {
  const draft = await getDraft(draftId)
  if (!draft) return null
  const owner = ownerOf(draft)
  const cart = await getCart(owner)
  const form = { ...detailsOf(draft), shippingMethod: draft.shippingMethod }
  return { draft, cart, quote: await quoteDraft(cart, { owner, settings, now: new Date(), form }) }
}
