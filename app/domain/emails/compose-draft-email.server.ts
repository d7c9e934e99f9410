import { getCart } from '#app/domain/cart/get-cart.server.ts'
import { isOpenDraft } from '#app/domain/orders/draft-states.ts'
import { detailsOf, getDraft, ownerOf } from '#app/domain/drafts/drafts.server.ts'
import { quoteDraft } from '#app/domain/drafts/quote-draft.server.ts'
import { formatMoney } from '#app/domain/money.ts'
import { describeStep } from '#app/domain/pricing/totals.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { urls } from '#app/urls.ts'
import { env } from '#env'
import type { AccountEmailText } from './templates/account-email.tsx'

/** The email that invites a customer to place a draft order; null when it can no longer be placed. */
export async function composeDraftEmail(
  draftId: number | null,
  settings: Settings,
): Promise<{ content: AccountEmailText; token?: undefined } | null> {
  const draft = draftId === null ? null : await getDraft(draftId)
  if (!draft || !isOpenDraft(draft)) return null
  const owner = ownerOf(draft)
  const form = { ...detailsOf(draft), shippingMethod: draft.shippingMethod }
  const quote = await quoteDraft(await getCart(owner), { owner, settings, now: new Date(), form })
  if (!quote) return null
  const money = (amount: number) => formatMoney(amount, settings)
  const { shopName } = settings
  return {
    content: {
      subject: `Your order at ${shopName} is ready`,
      heading: 'Your order is ready',
      lead: `${shopName} prepared an order for you. Check it, choose how to pay, and place it.`,
      message: draft.message,
      rows: [
        ...quote.totals.priceBreakdown.map((step) => describeStep(step, money)),
        { label: 'Total', amount: money(quote.totals.total), isTotal: true },
      ],
      button: { label: 'Review your order', href: env.appOrigin + urls.draft(draft.token) },
      after:
        'Nothing is reserved until you place the order. Anyone with this link can place it, so don’t share it.',
    },
  }
}
