import { type EmailStatus as EmailStatusName, emailStatusLabels } from '#app/domain/mail/mail.ts'
import { type DraftState, draftStateLabels } from '#app/domain/orders/draft-states.ts'
import {
  fulfillmentStateLabels,
  type OrderState,
  type PaymentState,
  paymentStateLabels,
} from '#app/domain/orders/order-states.ts'
import { Status, type StatusTone } from './status.tsx'

const draftTones = { open: 'plain', sent: 'warn', placed: 'good', deleted: 'bad' } satisfies Record<
  DraftState,
  StatusTone
>

export function DraftStatus({ state }: { state: DraftState }) {
  return <Status tone={draftTones[state]}>{draftStateLabels[state]}</Status>
}

const paymentTones = {
  pending: 'warn',
  authorized: 'warn',
  paid: 'good',
  'partially-refunded': 'plain',
  refunded: 'plain',
  voided: 'plain',
} satisfies Record<PaymentState, StatusTone>

export function PaymentStatus({ order }: { order: Pick<OrderState, 'paymentState'> }) {
  return <Status tone={paymentTones[order.paymentState]}>{paymentStateLabels[order.paymentState]}</Status>
}

export function FulfillmentStatus({ order }: { order: Pick<OrderState, 'fulfillmentState' | 'canceledAt'> }) {
  if (order.canceledAt) return <Status tone="bad">Canceled</Status>
  const tone = order.fulfillmentState === 'fulfilled' ? 'good' : 'warn'
  return (
    <Status tone={tone} half={order.fulfillmentState === 'partly-fulfilled'}>
      {fulfillmentStateLabels[order.fulfillmentState]}
    </Status>
  )
}

type Visibility = { status: 'draft' | 'active' | 'archived'; publishedAt: Date | null }

/** A product's status, as shoppers see it at this moment. */
export function ProductStatus({ product, now }: { product: Visibility; now: Date }) {
  if (product.status === 'draft') return <Status>Draft</Status>
  if (product.status === 'archived') return <Status>Archived</Status>
  if (product.publishedAt === null) return <Status tone="warn">Active, hidden</Status>
  if (product.publishedAt > now) return <Status tone="warn">Scheduled</Status>
  return <Status tone="good">Active</Status>
}

const emailTones = { queued: 'plain', sent: 'good', held: 'warn', failed: 'bad' } satisfies Record<
  EmailStatusName,
  StatusTone
>

export function EmailStatus({ status }: { status: EmailStatusName }) {
  return <Status tone={emailTones[status]}>{emailStatusLabels[status]}</Status>
}

export function CollectionStatus({ publishedAt, now }: { publishedAt: Date | null; now: Date }) {
  if (publishedAt === null) return <Status>Hidden</Status>
  if (publishedAt > now) return <Status tone="warn">Scheduled</Status>
  return <Status tone="good">Visible</Status>
}

export function PageStatus({ isPublished }: { isPublished: boolean }) {
  return isPublished ? <Status tone="good">Visible</Status> : <Status>Hidden</Status>
}
