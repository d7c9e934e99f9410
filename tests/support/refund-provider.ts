import type { PaymentProvider, ProviderRefund } from '#app/domain/billing/provider.ts'

/** A provider that only refunds, and how its next calls end. */
export function createRefundProvider() {
  const sent: ProviderRefund[] = []
  const next = { isAnswerLost: false, isDown: false, failure: '', status: 'done' as ProviderRefund['status'] }
  const never = () => Promise.reject(new Error('Not part of a refund'))
  const provider: PaymentProvider = {
    createSession: never,
    findSession: never,
    retrieveSession: never,
    expireSession: never,
    retrievePayment: never,
    capture: never,
    release: never,
    retrieveRefund: never,
    listRefunds: never,
    retrieveDispute: never,
    verifyEvent: never,
    readEvent: () => null,
    listEvents: async function* () {},
    refund: async ({ id, paymentId, amount }) => {
      if (next.isDown) throw new Error('No answer')
      const { failure } = next
      const status = failure ? ('failed' as const) : next.status
      const made = { id: `re_${id}_${sent.length}`, transferId: id, paymentId, amount, status, failure }
      sent.push(made)
      if (next.isAnswerLost) throw new Error('The answer was lost')
      return made
    },
    findRefund: async ({ id }) => {
      if (next.isDown) throw new Error('No answer')
      return sent.find(({ transferId }) => transferId === id) ?? null
    },
  }
  return { provider, sent, next }
}
