import { getCart } from '#app/domain/cart/get-cart.server.ts'
import type { CheckoutInput } from '#app/domain/checkout/checkout.schema.ts'
import { draftSchema } from '#app/domain/drafts/draft.schema.ts'
import { detailsOf, getDraft, ownerOf, type StoredDraft } from '#app/domain/drafts/drafts.server.ts'
import { quoteDraft } from '#app/domain/drafts/quote-draft.server.ts'
import { saveDraft } from '#app/domain/drafts/save-draft.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { createShop, now } from './cast.ts'

type Wanted = { variantId: number; quantity?: number }

/** What staff type into the form of a draft order for Ada. */
export function draftForm(wanted: Wanted[], changes: Record<string, unknown> = {}) {
  return draftSchema.parse({
    version: '1',
    lines: wanted.map(({ variantId, quantity = 1 }) => ({
      variantId: String(variantId),
      quantity: String(quantity),
    })),
    ...{ email: 'ada@example.com', name: 'Ada Byron', line1: '12 Square' },
    ...{ city: 'Dublin', country: 'IE', postcode: 'D02 X285' },
    ...changes,
  })
}

/** A draft order for Ada; `changes` overrides fields of the form. */
export async function createDraft(wanted: Wanted[], changes: Record<string, unknown> = {}) {
  const { settings, olga } = await createShop()
  const form = draftForm(wanted, changes)
  const saved = await saveDraft({ draftId: null, form, settings, now, by: olga })
  if (!saved.ok) throw new Error(`Draft refused: ${saved.reason}`)
  const draft = (await getDraft(saved.draftId))!
  return { draft, settings, olga }
}

/** The form of the customer's page as it shows the draft order now. */
export async function filledDraftForm(
  draftId: number,
  changes: Partial<CheckoutInput> = {},
): Promise<CheckoutInput> {
  const { settings } = await createShop()
  const { form } = await openDraftPage((await getDraft(draftId))!, settings)
  return { ...form, ...changes }
}

/** The customer's page as it shows the draft order now: its items and the form. */
export async function openDraftPage(draft: StoredDraft, settings: Settings) {
  const owner = ownerOf(draft)
  const cart = await getCart(owner)
  const known = { ...detailsOf(draft), shippingMethod: draft.shippingMethod }
  const quote = await quoteDraft(cart, { owner, settings, now, form: known })
  const form: CheckoutInput = {
    ...detailsOf(draft),
    checkoutKey: cart!.checkoutKey,
    shownTotal: quote?.totals.total ?? 0,
    shownTotals: {},
    ...{ discountCode: '', removeCode: '', note: '', keepAddress: false, acceptsMarketing: false },
    shippingMethod: quote?.option?.id ?? 'standard',
    payment: 'bank-transfer',
  }
  return { lines: cart!.lines, form }
}
