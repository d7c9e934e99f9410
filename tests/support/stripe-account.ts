import { randomBytes } from 'node:crypto'

/** What Stripe stores, and what happens to it: the part of the double without HTTP. */

type Metadata = Record<string, string>
type Intent = {
  id: string
  object: 'payment_intent'
  amount: number
  amount_received: number
  amount_capturable: number
  amount_refunded: number
  currency: string
  status: 'requires_payment_method' | 'processing' | 'requires_capture' | 'succeeded' | 'canceled'
  capture_method: 'automatic' | 'manual'
  last_payment_error: { message: string } | null
  metadata: Metadata
}
export type Session = {
  id: string
  object: 'checkout.session'
  url: string
  status: 'open' | 'complete' | 'expired'
  payment_status: 'unpaid' | 'paid'
  amount_total: number
  currency: string
  created: number
  expires_at: number
  customer_email: string
  success_url: string
  cancel_url: string
  metadata: Metadata
  payment_intent: string | null
}
type Refund = {
  id: string
  object: 'refund'
  amount: number
  currency: string
  payment_intent: string
  status: 'pending' | 'succeeded' | 'failed'
  failure_reason?: string
  metadata: Metadata
}
type Dispute = {
  id: string
  object: 'dispute'
  amount: number
  currency: string
  payment_intent: string
  status: 'needs_response' | 'won' | 'lost'
}
export type StripeEvent = {
  id: string
  object: 'event'
  type: string
  created: number
  data: { object: { id: string } }
}

/** The parameters of a call, as its form has them. */
export type SessionForm = {
  line_items: { '0': { quantity: string; price_data: { currency: string; unit_amount: string } } }
  expires_at: string
  adaptive_pricing?: { enabled: string }
  payment_intent_data?: { capture_method?: 'automatic' | 'manual'; metadata?: Metadata }
  metadata?: Metadata
  customer_email: string
  success_url: string
  cancel_url: string
}
export type RefundForm = { payment_intent: string; amount?: string; metadata?: Metadata }
type CaptureForm = { amount_to_capture?: string }

/** An answer of status 400. */
export class Refused extends Error {
  code: string
  constructor(message: string, code = 'parameter_invalid') {
    super(message)
    this.code = code
  }
}

export type Account = ReturnType<typeof createAccount>

const seconds = () => Math.floor(Date.now() / 1000)
const newId = (prefix: string) => `${prefix}_${randomBytes(9).toString('hex')}`

/** `onEvent` is called for each change that Stripe would report. */
export function createAccount({
  origin,
  onEvent,
}: {
  origin: () => string
  onEvent: (event: StripeEvent) => void
}) {
  const sessions = new Map<string, Session & { intent: Intent }>()
  const intents = new Map<string, Intent>()
  const refunds = new Map<string, Refund>()
  const disputes = new Map<string, Dispute>()
  const events: StripeEvent[] = []
  /** Set for a bank that takes days to pay a refund. */
  let refundStatus: Refund['status'] = 'succeeded'

  function announce(type: string, object: { id: string }) {
    const data = { object: structuredClone(object) }
    const event: StripeEvent = { id: newId('evt'), object: 'event', type, created: seconds(), data }
    events.push(event)
    onEvent(event)
  }

  const known = <T>(all: Map<string, T>, id: string): T => {
    const one = all.get(id)
    if (!one) throw new Refused(`No such object: '${id}'`, 'resource_missing')
    return one
  }

  function createSession(body: SessionForm): Session {
    const { price_data: price, quantity } = body.line_items['0']
    const expiresAt = Number(body.expires_at)
    const minutes = (expiresAt - seconds()) / 60
    if (!(minutes >= 30 && minutes <= 24 * 60 + 1))
      throw new Refused('The `expires_at` timestamp must be between 30 minutes and 24 hours from now.')
    const amount = Number(price.unit_amount) * Number(quantity)
    if (!Number.isInteger(amount)) throw new Refused('Invalid integer: unit_amount')
    if (amount < 50) throw new Refused('The amount is too small.', 'amount_too_small')
    if (body.adaptive_pricing?.enabled !== 'false') throw new Refused('adaptive_pricing was not turned off')
    const intent: Intent = {
      ...{ id: newId('pi'), object: 'payment_intent', amount, currency: price.currency },
      ...{ amount_received: 0, amount_capturable: 0, amount_refunded: 0, status: 'requires_payment_method' },
      capture_method: body.payment_intent_data?.capture_method ?? 'automatic',
      last_payment_error: null,
      metadata: body.payment_intent_data?.metadata ?? {},
    }
    const id = newId('cs_test')
    const session: Session & { intent: Intent } = {
      ...{ id, object: 'checkout.session', url: `${origin()}/pay/${id}`, status: 'open' },
      ...{ payment_status: 'unpaid', amount_total: amount, currency: price.currency, created: seconds() },
      ...{ expires_at: expiresAt, customer_email: body.customer_email, metadata: body.metadata ?? {} },
      ...{ success_url: body.success_url, cancel_url: body.cancel_url, payment_intent: null, intent },
    }
    sessions.set(id, session)
    return session
  }

  function expireSession(id: string): Session {
    const session = known(sessions, id)
    if (session.status !== 'open')
      throw new Refused('Only Checkout Sessions with status `open` can be expired.')
    session.status = 'expired'
    announce('checkout.session.expired', session)
    return session
  }

  function complete(session: Session & { intent: Intent }) {
    if (session.status !== 'open') throw new Refused('The session is no longer open.')
    session.status = 'complete'
    session.payment_intent = session.intent.id
    intents.set(session.intent.id, session.intent)
  }

  function take(intent: Intent) {
    if (intent.capture_method === 'manual') {
      Object.assign(intent, { status: 'requires_capture', amount_capturable: intent.amount })
      announce('payment_intent.amount_capturable_updated', intent)
    } else Object.assign(intent, { status: 'succeeded', amount_received: intent.amount })
  }

  /** What the customer and their bank do. */
  const people = {
    pay(id: string, change: { amount?: number } = {}) {
      const session = known(sessions, id)
      complete(session)
      Object.assign(session.intent, change)
      take(session.intent)
      session.payment_status = session.intent.status === 'succeeded' ? 'paid' : 'unpaid'
      announce('checkout.session.completed', session)
      return session.intent.id
    },
    decline(id: string) {
      known(sessions, id).intent.last_payment_error = { message: 'Your card was declined.' }
    },
    payLater(id: string) {
      const session = known(sessions, id)
      complete(session)
      session.intent.status = 'processing'
      announce('checkout.session.completed', session)
    },
    /** The bank answers to a payment that takes days. */
    answerLater(id: string, isPaid: boolean) {
      const session = known(sessions, id)
      if (isPaid) {
        take(session.intent)
        session.payment_status = 'paid'
        return announce('checkout.session.async_payment_succeeded', session)
      }
      session.intent.status = 'requires_payment_method'
      session.intent.last_payment_error = { message: 'The bank account has no money.' }
      announce('checkout.session.async_payment_failed', session)
    },
    dispute(intentId: string) {
      const { amount, currency } = known(intents, intentId)
      const dispute: Dispute = {
        ...{ id: newId('dp'), object: 'dispute', amount, currency, payment_intent: intentId },
        status: 'needs_response',
      }
      disputes.set(dispute.id, dispute)
      announce('charge.dispute.created', dispute)
      return dispute.id
    },
    closeDispute(id: string, status: 'won' | 'lost') {
      const dispute = known(disputes, id)
      dispute.status = status
      announce('charge.dispute.closed', dispute)
    },
    refundsTake: (status: Refund['status']) => void (refundStatus = status),
    failRefund(id: string) {
      const refund = known(refunds, id)
      known(intents, refund.payment_intent).amount_refunded -= refund.amount
      Object.assign(refund, { status: 'failed', failure_reason: 'lost_or_stolen_card' })
      announce('refund.failed', refund)
    },
  }

  function capture(id: string, body: CaptureForm): Intent {
    const intent = known(intents, id)
    if (intent.status !== 'requires_capture') throw new Refused('The payment cannot be captured.')
    const amount = Number(body.amount_to_capture ?? intent.amount)
    Object.assign(intent, { status: 'succeeded', amount_received: amount, amount_capturable: 0 })
    return intent
  }

  function cancel(id: string): Intent {
    const intent = known(intents, id)
    if (intent.status === 'succeeded' || intent.status === 'canceled')
      throw new Refused('The payment cannot be canceled.', 'payment_intent_unexpected_state')
    Object.assign(intent, { status: 'canceled', amount_capturable: 0 })
    announce('payment_intent.canceled', intent)
    return intent
  }

  function refund(body: RefundForm): Refund {
    const intent = known(intents, body.payment_intent)
    const amount = Number(body.amount ?? intent.amount_received - intent.amount_refunded)
    if (amount > intent.amount_received - intent.amount_refunded)
      throw new Refused('Refund amount is greater than unrefunded amount on charge.')
    intent.amount_refunded += amount
    const made: Refund = {
      ...{ id: newId('re'), object: 'refund', amount, currency: intent.currency, status: refundStatus },
      ...{ payment_intent: intent.id, metadata: body.metadata ?? {} },
    }
    refunds.set(made.id, made)
    announce('refund.created', made)
    announce('charge.refunded', { id: newId('ch'), payment_intent: intent.id } as { id: string })
    return made
  }

  const get = (all: Map<string, { id: string }>) => (id: string) => known(all, id)
  return {
    ...{ createSession, expireSession, capture, cancel, refund, people, events },
    session: (id: string) => known(sessions, id),
    sessions: () => [...sessions.values()].reverse(),
    intent: get(intents) as (id: string) => Intent,
    refundOf: get(refunds) as (id: string) => Refund,
    refunds: () => [...refunds.values()].reverse(),
    disputeOf: get(disputes) as (id: string) => Dispute,
  }
}
