import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type ReceivedEmail = {
  from: string
  to: string
  subject: string
  html: string
  text: string
  headers: Record<string, string>
  key: string
}

/** close: the connection is cut; hang: the email is accepted, but the answer only comes with `letGo`. */
export type EmailFault = 429 | 500 | 'close' | 'hang'

/**
 * A local double of Resend: accepts each email, or refuses it with the message that `refuseWith` was given. Emails to an
 * address in `faults` end as given there. An email whose key it knows is not delivered again.
 */
export async function startEmailService() {
  const received: ReceivedEmail[] = []
  const faults = new Map<string, EmailFault>()
  const attempts: ReceivedEmail[] = []
  const held: (() => void)[] = []
  let refusal: string | null = null
  const server = createServer((request, response) => {
    void (async () => {
      const chunks = await request.toArray()
      const isKnown = request.headers.authorization === 'Bearer re_test_key' && request.url === '/emails'
      response.setHeader('content-type', 'application/json')
      if (refusal !== null || !isKnown) {
        response.statusCode = 403
        response.end(JSON.stringify({ name: 'validation_error', message: refusal ?? 'API key is invalid' }))
        return
      }
      const key = String(request.headers['idempotency-key'])
      const email = { ...(JSON.parse(Buffer.concat(chunks).toString()) as ReceivedEmail), key }
      attempts.push(email)
      const fault = faults.get(email.to)
      if (fault === 'close') return void request.socket.destroy()
      if (typeof fault === 'number') return refuse(response, fault)
      received.push(email)
      const answer = () => response.end(JSON.stringify({ id: `test-${received.length}` }))
      if (fault === 'hang') held.push(answer)
      else answer()
    })()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    received,
    /** Also those that ended in a fault. */
    attempts,
    faults,
    letGo: () => held.splice(0).forEach((answer) => answer()),
    delivered: () => new Set(received.map(({ key }) => key)).size,
    settings: { resendApiKey: 're_test_key', resendBaseUrl: `http://127.0.0.1:${port}` },
    refuseWith: (message: string | null) => (refusal = message),
    stop: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** As Resend words it. */
const refusals = {
  429: {
    name: 'rate_limit_exceeded',
    message: 'Too many requests. You can only make 2 requests per second.',
  },
  500: { name: 'internal_server_error', message: 'An unexpected error occurred.' },
}

function refuse(response: ServerResponse, statusCode: keyof typeof refusals): void {
  response.statusCode = statusCode
  response.end(JSON.stringify({ statusCode, ...refusals[statusCode] }))
}
