import type { Permission } from '#app/domain/access/access.ts'
import { can } from '#app/domain/access/access.ts'
import type { Role, SessionUser } from '#app/domain/access/roles.ts'
import { formatNumber } from '#app/domain/intl.ts'
import type { notificationKind } from '#db/schema/notifications.ts'

export type NotificationKind = (typeof notificationKind.enumValues)[number]

type Facts = {
  label: string
  /** "Your order #1001 has shipped" */
  text: (subject: string) => string
  /** After a number: "3 new orders" */
  many: string
  /** Whether emails are sent by default (to customers these are the order emails), or only to the owner. */
  byEmail: boolean | 'owner'
  /** It is never shown in the app. */
  isEmailOnly?: boolean
}

/** Notifications for customers about their own orders and reviews. */
export const customerKinds = {
  'order-confirmed': {
    label: 'Your order was placed',
    text: (subject) => `We received your order ${subject}`,
    many: 'orders received',
    byEmail: true,
  },
  'order-paid': {
    label: 'Payment received',
    text: (subject) => `We received your payment for order ${subject}`,
    many: 'payments received',
    byEmail: true,
  },
  'payment-failed': {
    label: 'Payment failed',
    text: (subject) => `Your payment for order ${subject} failed`,
    many: 'payments failed',
    byEmail: true,
  },
  'order-shipped': {
    label: 'Your order is on its way',
    text: (subject) => `Order ${subject} is on its way`,
    many: 'orders are on their way',
    byEmail: true,
  },
  'order-canceled': {
    label: 'Your order was canceled',
    text: (subject) => `Order ${subject} was canceled`,
    many: 'orders were canceled',
    byEmail: true,
  },
  'order-edited': {
    label: 'Your order was changed',
    text: (subject) => `Your order ${subject} was changed`,
    many: 'orders were changed',
    byEmail: true,
  },
  'order-message': {
    label: 'Message about your order',
    text: (subject) => `New message about order ${subject}`,
    many: 'messages about orders',
    byEmail: true,
  },
  'order-refunded': {
    label: 'Refund',
    text: (subject) => `You get a refund for order ${subject}`,
    many: 'refunds',
    byEmail: true,
  },
  'order-delivered': {
    label: 'Your order was delivered',
    text: (subject) => `Order ${subject} was delivered`,
    many: 'orders were delivered',
    byEmail: true,
  },
  'return-requested': {
    label: 'Return request received',
    text: (subject) => `We received your return request for order ${subject}`,
    many: 'return requests received',
    byEmail: true,
  },
  'return-approved': {
    label: 'Return approved',
    text: (subject) => `Your return for order ${subject} was approved`,
    many: 'returns were approved',
    byEmail: true,
  },
  'return-declined': {
    label: 'Return declined',
    text: (subject) => `Your return for order ${subject} was declined`,
    many: 'returns were declined',
    byEmail: true,
  },
  'return-received': {
    label: 'Returned items received',
    text: (subject) => `We received the items you returned from order ${subject}`,
    many: 'returns received',
    byEmail: true,
  },
  'review-approved': {
    label: 'Your review was published',
    text: (subject) => `Your review of ${subject} was published`,
    many: 'reviews were published',
    byEmail: true,
  },
  'review-rejected': {
    label: 'Your review was not published',
    text: (subject) => `Your review of ${subject} was not published`,
    many: 'reviews were not published',
    byEmail: true,
  },
  'review-replied': {
    label: 'Reply to your review',
    text: (subject) => `We replied to your review of ${subject}`,
    many: 'replies to your reviews',
    byEmail: true,
  },
} satisfies Partial<Record<NotificationKind, Facts>>

/** Notifications for staff, each for those with its permission. */
export const staffKinds = {
  'new-order': {
    permission: 'orders',
    label: 'New order',
    text: (subject) => `New order ${subject}`,
    many: 'new orders',
    byEmail: 'owner',
  },
  'payment-problem': {
    permission: 'orders',
    label: 'Payment to check',
    text: (subject) => `Check the payment of order ${subject}`,
    many: 'payments to check',
    byEmail: 'owner',
  },
  'low-stock': {
    permission: 'catalog',
    label: 'Low stock',
    text: (subject) => `Low stock: ${subject}`,
    many: 'products are low in stock',
    byEmail: false,
  },
  'import-ready': {
    permission: 'catalog',
    label: 'Import finished',
    text: (subject) => `Import ${subject}`,
    many: 'imports finished',
    byEmail: false,
  },
  'canceled-by-customer': {
    permission: 'orders',
    label: 'Order canceled by the customer',
    text: (subject) => `The customer canceled order ${subject}`,
    many: 'orders canceled by customers',
    byEmail: false,
  },
  'refund-failed': {
    permission: 'orders',
    label: 'Refund failed',
    text: (subject) => `A refund of order ${subject} failed`,
    many: 'refunds failed',
    byEmail: true,
  },
  'new-return': {
    permission: 'orders',
    label: 'New return request',
    text: (subject) => `New return request for order ${subject}`,
    many: 'new return requests',
    byEmail: 'owner',
  },
  'job-failed': {
    permission: 'settings',
    label: 'Background job failed',
    text: (subject) => `Failed after several attempts: ${subject}`,
    many: 'background jobs failed',
    byEmail: true,
  },
  'daily-summary': {
    permission: 'orders',
    label: 'Daily summary',
    text: (subject) => `Summary of ${subject}`,
    many: 'daily summaries',
    byEmail: false,
    isEmailOnly: true,
  },
  'new-review': {
    permission: 'reviews',
    label: 'New review',
    text: (subject) => `New review of ${subject}`,
    many: 'new reviews',
    byEmail: false,
  },
} satisfies Partial<Record<NotificationKind, Facts & { permission: Permission }>>

export type CustomerKind = keyof typeof customerKinds
export type StaffKind = keyof typeof staffKinds

/** Of the customer's notifications, those about a review. */
export type ReviewKind = Extract<CustomerKind, `review-${string}`>
/** Of the customer's notifications, those about an order. */
export type OrderKind = Exclude<CustomerKind, ReviewKind>

const kinds = { ...customerKinds, ...staffKinds } satisfies Record<NotificationKind, Facts>

/** Notifications about the store, for its staff; and those about one's own orders and reviews. */
export type Audience = 'staff' | 'customer'

const kindsOf = {
  staff: Object.keys(staffKinds) as StaffKind[],
  customer: Object.keys(customerKinds) as CustomerKind[],
} satisfies Record<Audience, NotificationKind[]>

export function notificationKinds(audience: Audience): NotificationKind[] {
  return kindsOf[audience]
}

export type GroupedNotification<Item> = { items: [Item, ...Item[]]; kind: NotificationKind; isRead: boolean }

const groupMs = 24 * 60 * 60 * 1000

/** Notifications of one kind form one group when they are alike (read or unread) and of one day; newest first. */
export function groupNotifications<Item extends { kind: NotificationKind; isRead: boolean; createdAt: Date }>(
  items: Item[],
): GroupedNotification<Item>[] {
  const groups: GroupedNotification<Item>[] = []
  for (const item of items) {
    const group = groups.find(
      ({ kind, isRead, items: [newest] }) =>
        kind === item.kind &&
        isRead === item.isRead &&
        newest.createdAt.getTime() - item.createdAt.getTime() < groupMs,
    )
    if (group) group.items.push(item)
    else groups.push({ items: [item], kind: item.kind, isRead: item.isRead })
  }
  return groups
}

/** "3 new orders" */
export function groupText(kind: NotificationKind, count: number): string {
  return `${formatNumber(count)} ${kinds[kind].many}`
}

export function notificationText({ kind, subject }: { kind: NotificationKind; subject: string }): string {
  return kinds[kind].text(subject)
}

/** Whether a user of the role who has not chosen gets the kind by email. */
export function isEmailedByDefault(kind: NotificationKind, role: Role): boolean {
  const { byEmail }: Facts = kinds[kind]
  return byEmail === 'owner' ? role === 'owner' : byEmail
}

export function isEmailOnly(kind: NotificationKind): boolean {
  const facts: Facts = kinds[kind]
  return facts.isEmailOnly ?? false
}

/** These emails are part of a purchase and cannot be switched off. */
const mandatoryKinds: NotificationKind[] = ['order-confirmed', 'order-canceled', 'payment-failed']

export type PreferenceKind = {
  kind: NotificationKind
  label: string
  emailDefault: boolean
  /** The email is always sent. */
  isEmailMandatory: boolean
  isEmailOnly: boolean
  audience: Audience
}

/**
 * The kinds that the user can set preferences for: their own orders, and for staff those that their permissions cover.
 */
export function listPreferenceKinds(user: SessionUser): PreferenceKind[] {
  const toPreferenceKind = (kind: NotificationKind): PreferenceKind => ({
    kind,
    label: kinds[kind].label,
    emailDefault: isEmailedByDefault(kind, user.role),
    isEmailMandatory: mandatoryKinds.includes(kind),
    isEmailOnly: isEmailOnly(kind),
    audience: kind in staffKinds ? 'staff' : 'customer',
  })
  const forStaff = (Object.keys(staffKinds) as StaffKind[]).filter((kind) =>
    can(user, staffKinds[kind].permission),
  )
  return [...(Object.keys(customerKinds) as CustomerKind[]), ...forStaff].map(toPreferenceKind)
}
