/**
 * What every request passes before Remix sees it: DESIGN section 6, points 1 to 4. Small and strict, so that
 * the routes can assume a sane request.
 */
import type { NextFunction, Request, Response } from 'express'
import type { PlainStatus } from './plain-page.ts'

export type Refuse = (response: Response, status: PlainStatus, hint?: string) => void

export type ShieldOptions = {
  /** The address of the shop, as in APP_ORIGIN. */
  appOrigin: string
  /** How many proxies stand in front; 0: what forwarded headers say is not believed. */
  trustProxy: number
  refuse: Refuse
}

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** How large and how slow a body may be. The first match counts; everything else is a form. */
const bodies = [
  { path: /^\/admin\/imports(\.data)?$/, bytes: 512 * megabyte + 64 * kilobyte, ms: 1_800_000 },
  { path: /^\/admin\/products\/[^/]+\/images(\.data)?$/, bytes: 64 * megabyte, ms: 120_000 },
  { path: /^\/admin\/collections\/[^/]+\/picture(\.data)?$/, bytes: 32 * megabyte, ms: 120_000 },
  { path: /^\//, bytes: 256 * kilobyte, ms: 20_000 },
]

const longestPath = 2 * kilobyte
const longestUrl = 8 * kilobyte
const mostSegments = 20

/** Headers in which a client may claim to be somebody else; Express reads the first two, and only if told to. */
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
    if (request.method === 'POST' && !isFromOurPage(request, options.appOrigin))
      return refuse(response, 403, `The shop's address is ${options.appOrigin}.`)
    // Remix compares Origin and Host and fails where they differ, as they do behind a proxy that changes Host.
    delete request.headers.origin
    if (request.method === 'HEAD') return next()
    const limit = bodies.find(({ path }) => path.test(request.path))!
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

/** The status that refuses this address, method or header, or null. */
function problemOf(request: Request): PlainStatus | null {
  const { host = '', origin = 'null', expect = '100-continue' } = request.headers
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return 405
  if (expect.toLowerCase() !== '100-continue') return 417
  if (!isHost(host) || !(origin === 'null' || URL.canParse(origin))) return 400
  // "GET http://shop.example/ HTTP/1.1" is meant for a proxy; a fragment is for the browser alone.
  if (!request.originalUrl.startsWith('/') || request.originalUrl.includes('#')) return 400
  const path = request.path
  if (path.length > longestPath || request.originalUrl.length > longestUrl) return 414
  if (path.split('/').length - 1 > mostSegments) return 414
  // NUL cannot be stored in Postgres; "//" and "\" turn a path into an address of another host.
  if (!isDecodable(path) || /%00|\\|%5c/i.test(request.originalUrl) || path.startsWith('//')) return 400
  if (new URL(`http://localhost${request.originalUrl}`).searchParams.has('_data')) return 400
  if (path === '/__manifest') return 404
  return null
}

/** A name or an address that a URL can hold, with a port that exists. */
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

/** The browser's own word first; browsers without it, and pages on plain http, send at least an Origin. */
function isFromOurPage({ headers }: Request, appOrigin: string) {
  const site = headers['sec-fetch-site']
  if (site) return site === 'same-origin' || site === 'none'
  return headers.origin === appOrigin
}

/**
 * Counts the body's bytes while Remix reads it, because a chunked one does not say its length, and gives up
 * on one that drips. Paused first: a listener alone would make the stream flow before anybody else listens.
 */
function watchBody(
  request: Request,
  response: Response,
  limit: { bytes: number; ms: number },
  refuse: Refuse,
) {
  let bytes = 0
  let isRefused = false
  const stop = (status: PlainStatus) => {
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
    // What was refused is not read on: the connection ends now that the answer is out.
    if (isRefused) return void request.destroy()
    // What an action had no use for is thrown away, within the same limits: left where it is, it would stand in
    // front of the next request on this connection, which would hang.
    if (!request.readableEnded) request.removeAllListeners('data').on('data', count).resume()
  })
  for (const event of ['end', 'close', 'error']) request.once(event, () => clearTimeout(timer))
}
