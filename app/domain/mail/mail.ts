import type { mailKind, mailStatus } from '#db/schema/mail.ts'

export type MailKind = (typeof mailKind.enumValues)[number]
export type MailStatus = (typeof mailStatus.enumValues)[number]

export const mailKindText = {
  'order-confirmed': 'Order confirmation',
  'order-paid': 'Payment received',
  'order-fulfilled': 'Shipping confirmation',
  'order-cancelled': 'Cancellation',
} satisfies Record<MailKind, string>

export const mailStatusText = {
  queued: 'Queued',
  sent: 'Sent',
  held: 'Kept here',
  failed: 'Failed, trying again',
} satisfies Record<MailStatus, string>
