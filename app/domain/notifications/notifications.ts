import type { Area } from '#app/domain/accounts/access.ts'
import { mayUse } from '#app/domain/accounts/access.ts'
import type { SessionUser } from '#app/domain/accounts/accounts.ts'
import type { notificationKind } from '#db/schema/notifications.ts'

export type NotificationKind = (typeof notificationKind.enumValues)[number]

type Facts = {
  label: string
  /** "Your order #1001 is on its way" */
  words: (about: string) => string
  /** Mail is sent by itself (buyers know it as the mails about their order). */
  byMail: boolean
}

/** News of one's own orders. */
export const buyerKinds = {
  'order-confirmed': {
    label: 'Your order was placed',
    words: (about) => `We have your order ${about}`,
    byMail: true,
  },
  'order-paid': {
    label: 'Your payment arrived',
    words: (about) => `Your payment for order ${about} is here`,
    byMail: true,
  },
  'order-shipped': {
    label: 'Your order is on its way',
    words: (about) => `Order ${about} is on its way`,
    byMail: true,
  },
  'order-cancelled': {
    label: 'Your order was cancelled',
    words: (about) => `Order ${about} was cancelled`,
    byMail: true,
  },
} satisfies Partial<Record<NotificationKind, Facts>>

/** News for staff, each for those who are let into an area. */
export const staffKinds = {
  'new-order': {
    area: 'orders',
    label: 'A new order',
    words: (about) => `New order ${about}`,
    byMail: false,
  },
  'low-stock': {
    area: 'catalogue',
    label: 'Something is running out',
    words: (about) => `Running out: ${about}`,
    byMail: false,
  },
  'import-ready': {
    area: 'catalogue',
    label: 'Your import was read or applied',
    words: (about) => `Import ${about}`,
    byMail: false,
  },
  'job-failed': {
    area: 'settings',
    label: 'Background work failed for good',
    words: (about) => `Given up after many tries: ${about}`,
    byMail: true,
  },
} satisfies Partial<Record<NotificationKind, Facts & { area: Area }>>

export type BuyerKind = keyof typeof buyerKinds
export type StaffKind = keyof typeof staffKinds

const kinds = { ...buyerKinds, ...staffKinds } satisfies Record<NotificationKind, Facts>

export function notificationWords({ kind, about }: { kind: NotificationKind; about: string }): string {
  return kinds[kind].words(about)
}

/** Without these mails a purchase would not be one: they cannot be switched off. */
const mandatory: NotificationKind[] = ['order-confirmed', 'order-cancelled']

export type KindChoice = {
  kind: NotificationKind
  label: string
  byMailDefault: boolean
  /** The mail is always sent. */
  isMailMandatory: boolean
}

/** What the person can choose about: their own orders, and for staff what their areas bring. */
export function choicesFor(user: SessionUser): KindChoice[] {
  const choice = (kind: NotificationKind): KindChoice => ({
    kind,
    label: kinds[kind].label,
    byMailDefault: kinds[kind].byMail,
    isMailMandatory: mandatory.includes(kind),
  })
  const ofStaff = (Object.keys(staffKinds) as StaffKind[]).filter((kind) =>
    mayUse(user, staffKinds[kind].area),
  )
  return [...(Object.keys(buyerKinds) as BuyerKind[]), ...ofStaff].map(choice)
}
