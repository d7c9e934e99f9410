import type { Stripe } from 'stripe'
import type { PaymentProvider } from './provider.ts'
import { refusing, type StripeConnection } from './stripe-connection.server.ts'
import { toDispute, toPayment, toRefund } from './stripe-objects.ts'

type PaymentCalls = Pick<PaymentProvider, 'retrievePayment' | 'capture' | 'release' | 'retrieveDispute'>
type RefundCalls = Pick<PaymentProvider, 'refund' | 'findRefund' | 'retrieveRefund' | 'listRefunds'>

/** The calls about payments that were made on a page, and disputes about them. */
export function paymentCalls({ client, toAmount, amountReader }: StripeConnection): PaymentCalls {
  const payment = async (found: Stripe.PaymentIntent) => toPayment(found, await amountReader())
  return {
    retrievePayment: async (id) => payment(await (await client()).paymentIntents.retrieve(id)),

    async capture(id, amount) {
      const { paymentIntents } = await client()
      const { currency } = await paymentIntents.retrieve(id)
      const parameters = { amount_to_capture: await toAmount(amount, currency.toUpperCase()) }
      const key = { idempotencyKey: `capture-${id}-${amount}` }
      return payment(await refusing(paymentIntents.capture(id, parameters, key)))
    },

    async release(id) {
      const { paymentIntents } = await client()
      const key = { idempotencyKey: `release-${id}` }
      return payment(await refusing(paymentIntents.cancel(id, {}, key)))
    },

    async retrieveDispute(id) {
      return toDispute(await (await client()).disputes.retrieve(id), await amountReader())
    },
  }
}

/** The calls about refunds of a payment. */
export function refundCalls({ client, toAmount, amountReader }: StripeConnection): RefundCalls {
  async function listRefunds(paymentId: string) {
    const { refunds } = await client()
    const toShop = await amountReader()
    const made = []
    for await (const one of refunds.list({ payment_intent: paymentId, limit: 100 }))
      made.push(toRefund(one, toShop))
    return made
  }

  return {
    async refund({ id, paymentId, ...transfer }) {
      const { refunds } = await client()
      const amount = await toAmount(transfer.amount, transfer.currency)
      const metadata = { till_transfer: String(id) }
      const key = { idempotencyKey: `refund-${id}-${paymentId}` }
      const made = await refusing(refunds.create({ payment_intent: paymentId, amount, metadata }, key))
      return toRefund(made, await amountReader())
    },

    async findRefund({ id, paymentId }) {
      return (await listRefunds(paymentId)).find(({ transferId }) => transferId === id) ?? null
    },

    async retrieveRefund(id) {
      return toRefund(await (await client()).refunds.retrieve(id), await amountReader())
    },

    listRefunds,
  }
}
