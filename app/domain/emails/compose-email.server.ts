import { getRefund } from '#app/domain/billing/refunds.server.ts'
import { hasOpenInvoice, invoiceName } from '#app/domain/invoices/invoices.ts'
import { listInvoices } from '#app/domain/invoices/invoices.server.ts'
import { isOrderEmailKind, isShopperEmailKind } from '#app/domain/mail/mail.ts'
import { getEventText, getOrderForEmail } from '#app/domain/orders/orders.server.ts'
import { getReturn } from '#app/domain/returns/returns.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { env } from '#env'
import { composeAccountEmail, type Composed } from './compose-account-email.server.ts'
import { composeDraftEmail } from './compose-draft-email.server.ts'
import { composeShopperEmail } from './compose-shopper-email.server.ts'
import type { StoredEmail } from './email-link.server.ts'
import { listPolicyLinks } from './policy-links.server.ts'
import type { EmailContent } from './templates/render.server.tsx'

/** `token` is part of the text and must not be stored. `unsubscribeUrl` is one of an email that can be stopped. */
export type ComposedEmail = { content: EmailContent; token: string | null; unsubscribeUrl?: string }

/** The email's content from the current state; null when there is nothing to send to its address. */
export async function composeEmail(email: StoredEmail, settings: Settings): Promise<ComposedEmail | null> {
  // Loaded with the first email: a process that only serves pages never needs it.
  const { renderAccountEmail: renderAccount, renderOrderEmail: renderOrder } =
    await import('./templates/render.server.tsx')
  const policies = await listPolicyLinks()
  if (isOrderEmailKind(email.kind)) {
    const about = email.orderId === null ? null : await getOrderForEmail(email.orderId)
    if (!about) return null
    const { kind, fulfillmentId } = email
    const refund = email.refundId === null ? null : await getRefund(email.refundId)
    const returned = email.returnId === null ? null : await getReturn(email.returnId)
    const message = email.eventId === null ? '' : await getEventText(email.eventId)
    const invoice = about.hasInvoices ? await findInvoice(about.order.id) : null
    const own = { kind, fulfillmentId, refund, returned, message, invoice, policies }
    const input = { settings, origin: env.appOrigin, ...about, ...own }
    return { content: await renderOrder(input), token: null }
  }
  const composed = await composeOther(email, settings)
  if (!composed) return null
  const { token = null, unsubscribeUrl } = composed
  return {
    content: await renderAccount({ settings, content: composed.content, policies }),
    token,
    unsubscribeUrl,
  }
}

/** An email that is not about an order. */
function composeOther(email: StoredEmail, settings: Settings): Promise<Composed | null> {
  if (email.kind === 'draft-order') return composeDraftEmail(email.draftId, settings)
  return isShopperEmailKind(email.kind)
    ? composeShopperEmail({ ...email, kind: email.kind }, settings)
    : composeAccountEmail(email, settings)
}

/** The order's newest invoice, unless it is fully credited. */
async function findInvoice(orderId: number) {
  const documents = await listInvoices(orderId)
  const newest = documents.findLast(({ series }) => series === 'invoice')
  return newest && hasOpenInvoice(documents) ? { id: newest.id, name: invoiceName(newest) } : null
}
