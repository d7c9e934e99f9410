import type { PaymentProvider, ProviderEvent } from './provider.ts'
import type { StripeConnection } from './stripe-connection.server.ts'
import { eventKinds, readEvent } from './stripe-objects.ts'

type EventCalls = Pick<PaymentProvider, 'verifyEvent' | 'readEvent' | 'listEvents'>

/** The messages of Stripe: signed ones that it sends, and the list of them. */
export function eventCalls({ client }: StripeConnection, webhookSecrets: string[]): EventCalls {
  return {
    async verifyEvent(body, signature) {
      const { webhooks } = await client()
      for (const [at, secret] of webhookSecrets.entries())
        try {
          webhooks.constructEvent(body, signature, secret)
          break
        } catch (error) {
          if (at === webhookSecrets.length - 1) throw error
        }
      return readEvent(body.toString('utf8'))
    },

    readEvent,

    async *listEvents(since) {
      const { events } = await client()
      const from = Math.floor(since.getTime() / 1000)
      const found: { event: ProviderEvent; body: string }[] = []
      for await (const one of events.list({ created: { gte: from }, types: eventKinds, limit: 100 })) {
        const body = JSON.stringify(one)
        const event = readEvent(body)
        if (event) found.push({ event, body })
      }
      yield* found.reverse()
    },
  }
}
