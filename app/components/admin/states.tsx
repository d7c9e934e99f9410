import { type MailStatus as MailStatusName, mailStatusText } from '#app/domain/mail/mail.ts'
import { fulfilmentStateText, type OrderState, paymentStateText } from '#app/domain/orders/orders.ts'
import { Status, type StatusTone } from './status.tsx'

export function PaymentStatus({ order }: { order: Pick<OrderState, 'paymentState' | 'cancelledAt'> }) {
  const isPaid = order.paymentState === 'paid'
  const tone = isPaid ? 'good' : order.cancelledAt ? 'plain' : 'warn'
  return <Status tone={tone}>{paymentStateText[order.paymentState]}</Status>
}

export function FulfilmentStatus({ order }: { order: Pick<OrderState, 'fulfilmentState' | 'cancelledAt'> }) {
  if (order.cancelledAt) return <Status tone="bad">Cancelled</Status>
  const tone = order.fulfilmentState === 'fulfilled' ? 'good' : 'warn'
  return (
    <Status tone={tone} half={order.fulfilmentState === 'partly-fulfilled'}>
      {fulfilmentStateText[order.fulfilmentState]}
    </Status>
  )
}

type Visibility = { status: 'draft' | 'active' | 'archived'; publishedAt: Date | null }

/** What a product's status means for shoppers at this moment. */
export function ProductStatus({ product, now }: { product: Visibility; now: Date }) {
  if (product.status === 'draft') return <Status>Draft</Status>
  if (product.status === 'archived') return <Status>Archived</Status>
  if (product.publishedAt === null) return <Status tone="warn">Active, hidden</Status>
  if (product.publishedAt > now) return <Status tone="warn">Scheduled</Status>
  return <Status tone="good">Active</Status>
}

const mailTones = { queued: 'plain', sent: 'good', held: 'warn', failed: 'bad' } satisfies Record<
  MailStatusName,
  StatusTone
>

export function MailStatus({ status }: { status: MailStatusName }) {
  return <Status tone={mailTones[status]}>{mailStatusText[status]}</Status>
}

export function CollectionStatus({ publishedAt, now }: { publishedAt: Date | null; now: Date }) {
  if (publishedAt === null) return <Status>Hidden</Status>
  if (publishedAt > now) return <Status tone="warn">Scheduled</Status>
  return <Status tone="good">Visible</Status>
}
