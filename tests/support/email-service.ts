import { once } from 'node:events'
import { createServer } from 'node:http'
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

/**
 * A local double of Resend: accepts each email, or refuses it with the message that `refuseWith` was given. An email whose
 * key it knows is not delivered again.
 */
export async function startEmailService() {
  const received: ReceivedEmail[] = []
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
      received.push({ ...(JSON.parse(Buffer.concat(chunks).toString()) as ReceivedEmail), key })
      response.end(JSON.stringify({ id: `test-${received.length}` }))
    })()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    received,
    delivered: () => new Set(received.map(({ key }) => key)).size,
    settings: { resendApiKey: 're_test_key', resendBaseUrl: `http://127.0.0.1:${port}` },
    refuseWith: (message: string | null) => (refusal = message),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
