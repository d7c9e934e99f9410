import type { linkKind, mailKind, mailStatus } from '#db/schema/mail.ts'

export type MailKind = (typeof mailKind.enumValues)[number]
export type MailStatus = (typeof mailStatus.enumValues)[number]
export type LinkKind = (typeof linkKind.enumValues)[number]

export const orderMailKinds = [
  'order-confirmed',
  'order-paid',
  'order-fulfilled',
  'order-cancelled',
] as const satisfies MailKind[]

/** Mails about one order. */
export type OrderMailKind = (typeof orderMailKinds)[number]
/** Mails to a person: a link they asked for, or news of their account. */
export type AccountMailKind = Exclude<MailKind, OrderMailKind>

export function isOrderMailKind(kind: MailKind): kind is OrderMailKind {
  return (orderMailKinds as readonly MailKind[]).includes(kind)
}

export const mailKindText = {
  'order-confirmed': 'Order confirmation',
  'order-paid': 'Payment received',
  'order-fulfilled': 'Shipping confirmation',
  'order-cancelled': 'Cancellation',
  'order-links': 'Links to orders',
  'sign-up': 'Sign-up link',
  'password-reset': 'Password reset',
  'email-change': 'Confirmation of an address',
  invitation: 'Invitation to the staff',
  'email-changed': 'Address changed',
  'password-changed': 'Password changed',
  'two-factor-changed': 'Two-factor changed',
  'account-closed': 'Account closed',
  'staff-news': 'News for staff',
} satisfies Record<MailKind, string>

export const mailStatusText = {
  queued: 'Queued',
  sent: 'Sent',
  held: 'Kept here',
  failed: 'Failed, trying again',
} satisfies Record<MailStatus, string>
