import { getReminderToSend } from '#app/domain/cart/remind-of-carts.server.ts'
import type { ShopperEmailKind } from '#app/domain/mail/mail.ts'
import { signLink } from '#app/domain/mail/signed-links.server.ts'
import { formatMoney } from '#app/domain/money.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { getStockAlert, reopenStockAlert } from '#app/domain/stock-alerts/stock-alerts.server.ts'
import { urls } from '#app/urls.ts'
import { env } from '#env'
import { composeReviewEmail, composeReviewRequest } from './compose-review-email.server.ts'
import { formatValidity, getOrCreateLink, type StoredEmail } from './email-link.server.ts'
import type { AccountEmailText } from './templates/account-email.tsx'

export type ComposedShopperEmail = { content: AccountEmailText; token?: string; unsubscribeUrl?: string }

/**
 * An email about a stock alert, a cart reminder or a review; null when there is no reason for it any more: the alert was
 * stopped, the variant is sold out again (the alert then waits again), the cart was changed or ordered, the review is
 * gone or was decided on differently, the consent withdrawn.
 */
export async function composeShopperEmail(
  email: StoredEmail & { kind: ShopperEmailKind },
  settings: Settings,
): Promise<ComposedShopperEmail | null> {
  const { kind } = email
  if (kind === 'review-approved' || kind === 'review-rejected' || kind === 'review-replied')
    return composeReviewEmail({ ...email, kind }, settings)
  const unsubscribeUrl = env.appOrigin + urls.unsubscribe(signLink('unsubscribe', email.id))
  const composed =
    kind === 'cart-reminder'
      ? await cartReminder(email, settings, unsubscribeUrl)
      : kind === 'review-request'
        ? await composeReviewRequest(email, settings, unsubscribeUrl)
        : await stockAlert(email, settings, unsubscribeUrl)
  return composed && { ...composed, unsubscribeUrl }
}

async function stockAlert(email: StoredEmail, settings: Settings, stopUrl: string) {
  const alert = email.stockAlertId === null ? null : await getStockAlert(email.stockAlertId)
  if (!alert) return null
  const name = [alert.title, alert.variantTitle].filter(Boolean).join(', ')
  const stop = { label: 'Stop notifying me', href: stopUrl }
  if (email.kind === 'stock-alert-confirmation') {
    if (alert.confirmedAt) return null
    const { href, token } = await getOrCreateLink(email, email.kind, urls.confirmStockAlert)
    const content: AccountEmailText = {
      subject: `Confirm your email: ${name}`,
      heading: 'Confirm your email',
      lead: `Use this link, and we’ll email you once when ${name} is back in stock at ${settings.shopName}.`,
      button: { label: 'Notify me', href },
      after: `The link works once, for ${formatValidity(email.kind)}. Not you? Ignore this email.`,
      stop,
    }
    return { content, token }
  }
  if (!alert.isAvailable) {
    await reopenStockAlert(alert.id)
    return null
  }
  const price = alert.price === null ? [] : [formatMoney(alert.price, settings)]
  const content: AccountEmailText = {
    subject: `Back in stock: ${name}`,
    heading: 'Back in stock',
    lead: `${name} is available again. We can’t reserve it, so it may sell out again.`,
    items: [[name, ...price].join(' · ')],
    button: { label: 'View product', href: env.appOrigin + urls.product(alert.handle, alert.variantId) },
    after: `You get this email once, because you asked ${settings.shopName} to notify you.`,
    stop,
  }
  return { content }
}

async function cartReminder(email: StoredEmail, { shopName }: Settings, stopUrl: string) {
  const reminder = email.cartReminderId === null ? null : await getReminderToSend(email.cartReminderId)
  if (!reminder) return null
  const content: AccountEmailText = {
    subject: `You left items in your cart at ${shopName}`,
    heading: 'You left items in your cart',
    lead: 'This link puts them back into your cart, on any device. We can’t reserve them.',
    items: reminder.lines.map(({ name, quantity }) => `${quantity} × ${name}`),
    button: {
      label: 'Restore your cart',
      href: env.appOrigin + urls.restoreCart(signLink('restore cart', reminder.id)),
    },
    after: `You get this email because you agreed to marketing emails from ${shopName}.`,
    stop: { label: 'Unsubscribe', href: stopUrl },
  }
  return { content }
}
