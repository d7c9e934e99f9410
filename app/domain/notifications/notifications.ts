import type { Permission } from '#app/domain/access/access.ts'
import { can } from '#app/domain/access/access.ts'
import type { Role, SessionUser } from '#app/domain/access/roles.ts'
import type { notificationKind } from '#db/schema/notifications.ts'

export type NotificationKind = (typeof notificationKind.enumValues)[number]

type Facts = {
  label: string
  /** "Your order #1001 has shipped" */
  text: (subject: string) => string
  /** Whether emails are sent by default (to customers these are the order emails), or only to the owner. */
  byEmail: boolean | 'owner'
}

/** Notifications for customers about their own orders. */
export const customerKinds = {
  'order-confirmed': {
    label: 'Your order was placed',
    text: (subject) => `We received your order ${subject}`,
    byEmail: true,
  },
  'order-paid': {
    label: 'Payment received',
    text: (subject) => `We received your payment for order ${subject}`,
    byEmail: true,
  },
  'order-shipped': {
    label: 'Your order is on its way',
    text: (subject) => `Order ${subject} is on its way`,
    byEmail: true,
  },
  'order-canceled': {
    label: 'Your order was canceled',
    text: (subject) => `Order ${subject} was canceled`,
    byEmail: true,
  },
} satisfies Partial<Record<NotificationKind, Facts>>

/** Notifications for staff, each for those with its permission. */
export const staffKinds = {
  'new-order': {
    permission: 'orders',
    label: 'New order',
    text: (subject) => `New order ${subject}`,
    byEmail: 'owner',
  },
  'low-stock': {
    permission: 'catalog',
    label: 'Low stock',
    text: (subject) => `Low stock: ${subject}`,
    byEmail: false,
  },
  'import-ready': {
    permission: 'catalog',
    label: 'Import finished',
    text: (subject) => `Import ${subject}`,
    byEmail: false,
  },
  'job-failed': {
    permission: 'settings',
    label: 'Background job failed',
    text: (subject) => `Failed after several attempts: ${subject}`,
    byEmail: true,
  },
} satisfies Partial<Record<NotificationKind, Facts & { permission: Permission }>>

export type CustomerKind = keyof typeof customerKinds
export type StaffKind = keyof typeof staffKinds

const kinds = { ...customerKinds, ...staffKinds } satisfies Record<NotificationKind, Facts>

export function notificationText({ kind, subject }: { kind: NotificationKind; subject: string }): string {
  return kinds[kind].text(subject)
}

/** Whether a user of the role who has not chosen gets the kind by email. */
export function isEmailedByDefault(kind: NotificationKind, role: Role): boolean {
  const { byEmail }: Facts = kinds[kind]
  return byEmail === 'owner' ? role === 'owner' : byEmail
}

/** These emails are part of a purchase and cannot be switched off. */
const mandatoryKinds: NotificationKind[] = ['order-confirmed', 'order-canceled']

export type PreferenceKind = {
  kind: NotificationKind
  label: string
  emailDefault: boolean
  /** The email is always sent. */
  isEmailMandatory: boolean
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
  })
  const forStaff = (Object.keys(staffKinds) as StaffKind[]).filter((kind) =>
    can(user, staffKinds[kind].permission),
  )
  return [...(Object.keys(customerKinds) as CustomerKind[]), ...forStaff].map(toPreferenceKind)
}
