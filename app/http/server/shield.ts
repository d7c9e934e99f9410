/**
 * Validates every request before Remix sees it: URL, method, headers, origin of forms, size and duration of bodies.
 * Small and strict, so that routes can rely on a well-formed request.
 */
import type { NextFunction, Request, Response } from 'express'
import { urls } from '#app/urls.ts'
import type { FallbackStatus } from './fallback-page.ts'

export type Refuse = (response: Response, status: FallbackStatus, hint?: string) => void

export type ShieldOptions = {
  /** The origin of the store, as in APP_ORIGIN. */
  appOrigin: string
  /** Number of proxies in front; with 0, forwarded headers are ignored. */
  trustProxy: number
  refuse: Refuse
}

const kilobyte = 1024
const megabyte = 1024 * kilobyte

const multipart = /^multipart\/form-data\b/i

/** Maximum size and duration of a body. The first match counts; everything else is a form. */
const bodies: { path: RegExp; type?: RegExp; bytes: number; ms: number }[] = [
  { path: /^\/admin\/imports(\.data)?$/, bytes: 512 * megabyte + 64 * kilobyte, ms: 1_800_000 },
  { path: /^\/admin\/products\/[^/]+\/images(\.data)?$/, bytes: 64 * megabyte, ms: 120_000 },
  { path: /^\/admin\/products\/[^/]+(\.data)?$/, type: multipart, bytes: 64 * megabyte, ms: 120_000 },
  { path: /^\/admin\/collections\/[^/]+\/image(\.data)?$/, bytes: 32 * megabyte, ms: 120_000 },
  { path: /^\/products\/[^/]+\/reviews\/new(\.data)?$/, type: multipart, bytes: 32 * megabyte, ms: 120_000 },
  { path: /^\/order-reviews\/[^/]+\/[^/]+(\.data)?$/, type: multipart, bytes: 32 * megabyte, ms: 120_000 },
  { path: /^\//, bytes: 256 * kilobyte, ms: 20_000 },
]

const maxPathLength = 2 * kilobyte
const maxUrlLength = 8 * kilobyte
const maxSegments = 20

/** Headers with which a client may fake its address or host; Express reads the first two only with `trust proxy`. */
const claims = [
  ...['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded'],
  ...['forwarded', 'forwarded-for', 'x-client-ip', 'x-real-ip', 'x-cluster-client-ip', 'true-client-ip'],
  ...['cf-connecting-ip', 'fastly-client-ip', 'x-original-url', 'x-rewrite-url', 'x-http-method-override'],
]
const proxyHeaders = ['x-forwarded-for', 'x-forwarded-proto']

export function createShield(options: ShieldOptions) {
  const { refuse } = options
  return function shield(request: Request, response: Response, next: NextFunction) {
    dropClaims(request, options)
    const status = problemOf(request)
    if (status === 405) response.setHeader('allow', 'GET, HEAD, POST')
    if (status) return refuse(response, status)
    if (request.method === 'GET') return next()
    const mustBeOurs = request.method === 'POST' && !isSignedMessage(request) && !isOneClick(request)
    if (mustBeOurs && !isFromOurPage(request, options.appOrigin))
      return refuse(response, 403, `The store’s address is ${options.appOrigin}.`)
    // Remix compares Origin and Host and fails where they differ, as they do behind a proxy that changes Host.
    delete request.headers.origin
    if (request.method === 'HEAD') return next()
    const contentType = request.headers['content-type'] ?? ''
    const limit = bodies.find(
      ({ path, type }) => path.test(request.path) && (!type || type.test(contentType)),
    )!
    if (request.headers['content-encoding']) return refuse(response, 415)
    if (Number(request.headers['content-length'] ?? 0) > limit.bytes) return refuse(response, 413)
    watchBody(request, response, limit, refuse)
    next()
  }
}

function dropClaims(request: Request, { trustProxy }: ShieldOptions) {
  for (const name of claims)
    if (trustProxy === 0 || !proxyHeaders.includes(name)) delete request.headers[name]
  if (!/^https?\s*(,|$)/i.test(String(request.headers['x-forwarded-proto'])))
    delete request.headers['x-forwarded-proto']
}

/** The status that refuses this URL, method or header, or null. */
function problemOf(request: Request): FallbackStatus | null {
  const { host = '', origin = 'null', expect = '100-continue' } = request.headers
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return 405
  if (expect.toLowerCase() !== '100-continue') return 417
  if (!isHost(host) || !(origin === 'null' || URL.canParse(origin))) return 400
  // "GET http://shop.example/ HTTP/1.1" is a request to a proxy; fragments are never sent by browsers.
  if (!request.originalUrl.startsWith('/') || request.originalUrl.includes('#')) return 400
  const path = request.path
  if (path.length > maxPathLength || request.originalUrl.length > maxUrlLength) return 414
  if (path.split('/').length - 1 > maxSegments) return 414
  // NUL cannot be stored in Postgres; "//" and "\" turn a path into a URL of another host.
  if (!isDecodable(path) || /\\|%5c/i.test(path) || path.startsWith('//')) return 400
  if (request.originalUrl.includes('%00')) return 400
  if (new URL(`http://localhost${request.originalUrl}`).searchParams.has('_data')) return 400
  if (path === '/__manifest') return 404
  return null
}

/** A host name or IP address that a URL can contain, with a valid port. */
function isHost(host: string) {
  return /^([\w.-]{1,253}|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host) && URL.canParse(`http://${host}`)
}

function isDecodable(path: string) {
  try {
    return decodeURIComponent(path) !== ''
  } catch {
    return false
  }
}

/** Servers have no origin; the route checks the signature instead of a session. */
function isSignedMessage({ path, headers }: Request) {
  return path === urls.stripeWebhook() && headers['stripe-signature'] !== undefined
}

/**
 * An email service that unsubscribes its user posts without an origin and without cookies (RFC 8058); the route checks
 * the signed token in the path.
 */
function isOneClick({ path, headers }: Request) {
  return /^\/unsubscribe\/[\w-]+$/.test(path) && headers.cookie === undefined
}

/** Sec-Fetch-Site first; browsers without it, and pages on plain http, send at least an Origin. */
function isFromOurPage({ headers }: Request, appOrigin: string) {
  const site = headers['sec-fetch-site']
  if (site) return site === 'same-origin' || site === 'none'
  return headers.origin === appOrigin
}

/**
 * Counts the body's bytes while Remix reads it, because a chunked body does not declare its length, and aborts one
 * that is too slow. The stream is paused first: adding a listener would start it before Remix reads.
 */
function watchBody(
  request: Request,
  response: Response,
  limit: { bytes: number; ms: number },
  refuse: Refuse,
) {
  let bytes = 0
  let isRefused = false
  const stop = (status: FallbackStatus) => {
    isRefused = true
    clearTimeout(timer)
    request.off('data', count)
    request.pause()
    if (!response.headersSent) refuse(response, status)
    if (response.writableFinished) request.destroy()
  }
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limit.bytes) stop(413)
  }
  const timer = setTimeout(() => stop(408), limit.ms)
  request.pause()
  request.on('data', count)
  response.once('finish', () => {
    // The rest of a refused body is not read: the connection is closed once the response is sent.
    if (isRefused) return void request.destroy()
    // A body that the action did not read is discarded within the same limits: otherwise it would block the next
    // request on this connection.
    if (!request.readableEnded) request.removeAllListeners('data').on('data', count).resume()
  })
  for (const event of ['end', 'close', 'error']) request.once(event, () => clearTimeout(timer))
}
