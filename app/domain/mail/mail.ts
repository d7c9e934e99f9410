import type { linkKind, emailKind, emailStatus } from '#db/schema/emails.ts'

export type EmailKind = (typeof emailKind.enumValues)[number]
export type EmailStatus = (typeof emailStatus.enumValues)[number]
export type LinkKind = (typeof linkKind.enumValues)[number]

export const orderEmailKinds = [
  'order-confirmed',
  'order-paid',
  'payment-failed',
  'order-fulfilled',
  'order-canceled',
  'order-edited',
  'order-message',
  'order-refunded',
  'order-delivered',
  'return-requested',
  'return-approved',
  'return-declined',
  'return-received',
] as const satisfies EmailKind[]

/** Emails about one order. */
export type OrderEmailKind = (typeof orderEmailKinds)[number]
const shopperEmailKinds = [
  'stock-alert-confirmation',
  'back-in-stock',
  'cart-reminder',
  'review-request',
  'review-approved',
  'review-rejected',
  'review-replied',
] as const satisfies EmailKind[]

/** Emails to shoppers about stock alerts, cart reminders and reviews. */
export type ShopperEmailKind = (typeof shopperEmailKinds)[number]
/** Account emails: a requested link, or a change of the account. */
export type AccountEmailKind = Exclude<EmailKind, OrderEmailKind | ShopperEmailKind>

export function isOrderEmailKind(kind: EmailKind): kind is OrderEmailKind {
  return (orderEmailKinds as readonly EmailKind[]).includes(kind)
}

export function isShopperEmailKind(kind: EmailKind): kind is ShopperEmailKind {
  return (shopperEmailKinds as readonly EmailKind[]).includes(kind)
}

export const emailKindLabels = {
  'order-confirmed': 'Order confirmation',
  'order-paid': 'Payment received',
  'payment-failed': 'Payment failed',
  'order-fulfilled': 'Shipping confirmation',
  'order-canceled': 'Cancellation',
  'order-edited': 'Order changed',
  'order-message': 'Message to the customer',
  'order-refunded': 'Refund',
  'order-delivered': 'Delivery',
  'return-requested': 'Return request',
  'return-approved': 'Return approved',
  'return-declined': 'Return declined',
  'return-received': 'Return received',
  'draft-order': 'Draft order',
  'order-links': 'Order links',
  'sign-up': 'Sign-up link',
  'password-reset': 'Password reset',
  'email-change': 'Email confirmation',
  invitation: 'Staff invitation',
  'email-changed': 'Email changed',
  'password-changed': 'Password changed',
  'two-factor-changed': 'Two-factor authentication changed',
  'account-closed': 'Account closed',
  'staff-news': 'Staff notification',
  'daily-summary': 'Daily summary',
  'stock-alert-confirmation': 'Confirmation of a stock alert',
  'back-in-stock': 'Back in stock',
  'cart-reminder': 'Cart reminder',
  'review-request': 'Review request',
  'review-approved': 'Review published',
  'review-rejected': 'Review not published',
  'review-replied': 'Reply to a review',
} satisfies Record<EmailKind, string>

export const emailStatusLabels = {
  queued: 'Queued',
  sent: 'Sent',
  held: 'Not sent',
  failed: 'Failed, retrying',
} satisfies Record<EmailStatus, string>
