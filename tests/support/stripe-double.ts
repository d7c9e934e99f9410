import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createStripeProvider } from '#app/domain/billing/stripe.server.ts'
import {
  type Account,
  createAccount,
  Refused,
  type RefundForm,
  type Session,
  type SessionForm,
  type StripeEvent,
} from './stripe-account.ts'
import { paymentPage } from './stripe-page.ts'

/**
 * A local double of Stripe for the real client: an HTTP server with the parts of the API that the shop uses, hosted
 * payment pages that work without scripts, and signed webhooks. It refuses what Stripe refuses.
 */

const key = 'sk_test_double1234'
const webhookSecret = 'whsec_double1234'

/** close-before: nothing happened; close-after: it happened, but the answer is lost; hold: it happens with `letGo`. */
export type Fault = 'close-before' | 'close-after' | 'hang' | 'hold' | 500 | 429

export type StripeDouble = Awaited<ReturnType<typeof startStripeDouble>>

export async function startStripeDouble() {
  const faults: { path: RegExp; fault: Fault; times: number }[] = []
  const answers = new Map<string, { body: string; answer: Answer }>()
  /** Keys of calls that are not answered yet. */
  const running = new Set<string>()
  const calls: string[] = []
  let held = Promise.withResolvers<void>()
  let interrupt: ((call: string) => Fault | undefined) | null = null
  let webhookUrl: string | null = null
  const deliveries = new Set<Promise<void>>()

  const account = createAccount({
    origin: () => origin,
    onEvent: (event) => {
      if (webhookUrl) track(deliver(event))
    },
  })

  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const body = Buffer.concat(await request.toArray()).toString()
    const url = new URL(request.url!, origin)
    if (url.pathname.startsWith('/pay/')) return paymentPage(account, url, request.method!, response)
    const call = `${request.method} ${url.pathname}`
    calls.push(call)
    const fault = interrupt?.(call) ?? takeFault(faults, call)
    if (fault === 'close-before') return void request.socket.destroy()
    if (fault === 'hang') return
    const answer = await answerAlone(request, url, body, fault)
    if (fault === 'close-after') return void request.socket.destroy()
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'request-id': `req_${calls.length}`,
    })
    response.end(JSON.stringify(answer.json))
  }

  /** While a call runs, Stripe refuses another one with its key. */
  async function answerAlone(request: IncomingMessage, url: URL, body: string, fault: Fault | undefined) {
    const key = request.headers['idempotency-key'] as string | undefined
    if (key !== undefined && running.has(key))
      return failure(
        409,
        'There is another request with this key',
        'idempotency_key_in_use',
        'idempotency_error',
      )
    if (key !== undefined) running.add(key)
    if (fault === 'hold') await held.promise
    if (key !== undefined) running.delete(key)
    return answerOnce(request, url, body, fault)
  }

  /** Stripe stores the answer to a key, errors of the server too, and refuses the key with another body. */
  function answerOnce(request: IncomingMessage, url: URL, body: string, fault: Fault | undefined): Answer {
    if (request.headers.authorization !== `Bearer ${key}`) return failure(401, 'Invalid API Key provided')
    if (fault === 429) return failure(429, 'Too many requests', 'rate_limit')
    const idempotencyKey = request.headers['idempotency-key'] as string | undefined
    const stored = idempotencyKey === undefined ? undefined : answers.get(idempotencyKey)
    const asked = `${url.pathname}\n${body}`
    if (stored && stored.body !== asked)
      return failure(
        400,
        'Keys for idempotent requests can only be used with the same parameters',
        '',
        'idempotency_error',
      )
    if (stored) return stored.answer
    const answer =
      fault === 500
        ? failure(500, 'An unknown error occurred', '', 'api_error')
        : answerTo(account, request.method!, url, parseForm(body))
    if (idempotencyKey !== undefined && request.method === 'POST' && answer.status !== 429)
      answers.set(idempotencyKey, { body: asked, answer })
    return answer
  }

  /** Sends the event to the webhook of the shop until it is accepted. */
  async function deliver(event: StripeEvent, options: { secret?: string; at?: number } = {}): Promise<void> {
    for (let tries = 0; tries < 20 && webhookUrl; tries += 1) {
      const status = await deliverOnce(event, options).catch(() => 0)
      if (status >= 200 && status < 300) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  async function deliverOnce(event: StripeEvent, options: { secret?: string; at?: number } = {}) {
    const body = JSON.stringify(event)
    const headers = { 'content-type': 'application/json', 'stripe-signature': sign(body, options) }
    const response = await fetch(webhookUrl!, { method: 'POST', body, headers })
    await response.arrayBuffer()
    return response.status
  }

  function track(delivery: Promise<void>) {
    deliveries.add(delivery)
    void delivery.finally(() => deliveries.delete(delivery))
  }

  return {
    origin,
    account,
    ...account.people,
    /** Method and path of each call of the API. */
    calls,
    /** The settings of a shop that uses the double. */
    settings: { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_BASE_URL: origin },
    /** The shop's own client, connected to the double. */
    provider: createStripeProvider({
      key,
      webhookSecrets: [webhookSecret],
      baseUrl: origin,
      currency: () => Promise.resolve({ currency: 'EUR', currencyDigits: 2 }),
    }),
    /** From now on each event is sent there; null: events are only stored. */
    sendWebhooksTo: (url: string | null) => void (webhookUrl = url),
    deliver,
    deliverOnce,
    delivered: () => Promise.all(deliveries),
    /** The next calls whose method and path match fail; the client itself repeats a failed call once. */
    fail: (path: RegExp, fault: Fault, times = 2) => void faults.push({ path, fault, times }),
    repair: () => void (faults.length = 0),
    /** Answers the calls that are held. */
    letGo() {
      held.resolve()
      held = Promise.withResolvers()
    },
    /** Asked for each call before the faults above. */
    interruptBy: (decide: typeof interrupt) => void (interrupt = decide),
    async stop() {
      webhookUrl = null
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The header with which Stripe signs a message. */
export function sign(body: string, { secret = webhookSecret, at = Date.now() } = {}): string {
  const time = Math.floor(at / 1000)
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
  return `t=${time},v1=${signature}`
}

function takeFault(faults: { path: RegExp; fault: Fault; times: number }[], call: string): Fault | undefined {
  const found = faults.find(({ path, times }) => times > 0 && path.test(call))
  if (found) found.times -= 1
  return found?.fault
}

type Form = { [name: string]: string | Form }

type Answer = { status: number; json: unknown }

function failure(status: number, message: string, code = '', type = 'invalid_request_error'): Answer {
  return { status, json: { error: { type, message, ...(code && { code }) } } }
}

function answerTo(account: Account, method: string, url: URL, form: Form): Answer {
  try {
    const json = route(account, `${method} ${url.pathname}`, url.searchParams, form)
    return json === undefined
      ? failure(404, `Unrecognized request URL (${method}: ${url.pathname})`)
      : { status: 200, json: structuredClone(json) }
  } catch (error) {
    if (error instanceof Refused)
      return failure(error.code === 'resource_missing' ? 404 : 400, error.message, error.code)
    throw error
  }
}

function route(account: Account, call: string, query: URLSearchParams, form: Form): unknown {
  const [method, , resource, ...rest] = call.split(/ |\//).filter(Boolean)
  const id = resource === 'checkout' ? rest[1] : rest[0]
  const verb = resource === 'checkout' ? rest[2] : rest[1]
  const isPost = method === 'POST'
  switch (`${resource} ${isPost ? 'post' : 'get'} ${id ? 'one' : 'all'} ${verb ?? ''}`.trim()) {
    case 'checkout post all':
      return shown(account.createSession(form as SessionForm))
    case 'checkout get all':
      return page(
        account
          .sessions()
          .filter((one) => one.created >= Number(query.get('created[gte]') ?? 0))
          .map(shown),
        query,
      )
    case 'checkout get one': {
      const session = account.session(id!)
      const intent =
        query.get('expand[0]') === 'payment_intent' && session.payment_intent
          ? session.intent
          : session.payment_intent
      return { ...shown(session), payment_intent: intent }
    }
    case 'checkout post one expire':
      return shown(account.expireSession(id!))
    case 'payment_intents get one':
      return account.intent(id!)
    case 'payment_intents post one capture':
      return account.capture(id!, form)
    case 'payment_intents post one cancel':
      return account.cancel(id!)
    case 'refunds post all':
      return account.refund(form as RefundForm)
    case 'refunds get one':
      return account.refundOf(id!)
    case 'refunds get all':
      return page(
        account.refunds().filter((one) => one.payment_intent === query.get('payment_intent')),
        query,
      )
    case 'disputes get one':
      return account.disputeOf(id!)
    case 'events get all':
      return page(
        account.events.toReversed().filter((one) => one.created >= Number(query.get('created[gte]') ?? 0)),
        query,
      )
    default:
      return undefined
  }
}

/** A closed session has no URL. */
function shown({ intent: _intent, ...session }: Session & { intent?: unknown }) {
  return { ...session, url: session.status === 'open' ? session.url : null }
}

function page<T extends { id: string }>(all: T[], query: URLSearchParams) {
  const after = query.get('starting_after')
  const from = after ? all.findIndex(({ id }) => id === after) + 1 : 0
  const limit = Number(query.get('limit') ?? 10)
  return { object: 'list', data: all.slice(from, from + limit), has_more: from + limit < all.length, url: '' }
}

/** "a[b][0]=c" as { a: { b: { 0: 'c' } } }. */
function parseForm(body: string): Form {
  const root: Form = {}
  for (const [name, value] of new URLSearchParams(body)) {
    const path = name.split(/[[\]]+/).filter(Boolean)
    let node = root
    for (const part of path.slice(0, -1)) node = (node[part] ??= {}) as Form
    node[path.at(-1)!] = value
  }
  return root
}
