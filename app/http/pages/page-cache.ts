import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Request, RequestHandler, Response } from 'express'
import type { Personal } from '#app/domain/cart/personal.ts'
import { singleFlight } from '#app/domain/single-flight.ts'
import { type Encoding, negotiateEncoding } from '#app/http/server/accept-encoding.ts'
import { joinGzipPieces } from './gzip-pieces.ts'
import { log } from '#app/http/server/log.ts'
import { countPublicPage } from '#app/http/server/metrics.ts'
import { createSegment, type Segment } from './page-segment.ts'
import { createMarks, fillTemplate, type Template, toTemplate } from './page-template.ts'
import { type PublicPage, readPublicPage } from './public-pages.ts'
import { ownBytes } from './own-bytes.ts'

/** What the cache needs of the server's bundle. */
export type PageSource = {
  /** Null while the listener is not connected. */
  position(): number | null
  hasChangedSince(position: number, names: readonly string[] | null): boolean
  /** Null while the listener is not connected. */
  personalParts(cookies: string): Promise<Parts | null>
  /** Renders with Remix. */
  render(request: globalThis.Request, context: RenderContext): Promise<globalThis.Response>
}

type Parts = { csrfToken: string; personal: Personal }

export type RenderContext = {
  nonce: string
  requestId: string
  ip: string
  slots: { csrfToken: string; personal: string }
  dependsOn(names: readonly string[]): void
}

/** Dates on a page ("arrives Friday") and publish dates change it without a change of a row. */
const maxAgeMs = 60_000

type CachedPage = {
  status: number
  headers: [string, string][]
  template: Template
  /** Names of what it depends on; null for everything. */
  dependsOn: string[] | null
  position: number
  madeAt: number
  visitorCopy?: VisitorCopy
}

/**
 * The copy for clients without a session: the same bytes for all, so with an ETag, and with hashes instead of nonces.
 */
type VisitorCopy = { etag: string; policy: string; br: Buffer; gzip: Buffer }

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/**
 * Public pages and their data, rendered once and filled in for each session (docs/decisions/064). A cached page is
 * served only while nothing it depends on was announced to have changed. While the listener is not connected, and for
 * everything that is not a public page, the request goes on to Remix.
 */
export function createPageCache(source: PageSource, appOrigin: string): RequestHandler {
  /** URLs with parameters can be made up without end: they cannot evict the pages without parameters. */
  const plain: Segment<CachedPage> = createSegment({ maxBytes: 48 * 1024 * 1024, admitsAtOnce: true })
  const varied: Segment<CachedPage> = createSegment({ maxBytes: 16 * 1024 * 1024, admitsAtOnce: false })
  const cookiePrefix = appOrigin.startsWith('https:') ? '__Host-' : ''
  const renderings = singleFlight<CachedPage>()

  async function serve(request: Request, response: Response): Promise<boolean> {
    const cookies = request.headers.cookie ?? ''
    const asked = readPublicPage({
      method: request.method,
      url: request.originalUrl,
      cookies,
      cookiePrefix,
    })
    if (!asked || source.position() === null) return false
    const parts = await source.personalParts(cookies)
    if (!parts) return false
    const segment = asked.hasParameters ? varied : plain
    const cached = current(segment.get(asked.key))
    countPublicPage(cached ? 'cache' : 'render')
    const page = cached ?? (await make(asked, segment, response))
    // A redirect keeps parameters that the page does not read, so Remix answers it from the request itself.
    if (page.status !== 200 && page.status < 400) return false
    send(page, parts, request, response)
    return true
  }

  function current(page: CachedPage | undefined): CachedPage | undefined {
    if (!page || Date.now() - page.madeAt > maxAgeMs) return undefined
    return source.hasChangedSince(page.position, page.dependsOn) ? undefined : page
  }

  /** Concurrent requests share one rendering, unless something in it has changed since it began. */
  async function make(asked: PublicPage, segment: Segment<CachedPage>, response: Response) {
    const own = () => renderAndStore(asked, segment, response)
    for (let tries = 0; tries < 5; tries += 1) {
      if (!renderings.isRunning(asked.key)) return renderings.run(asked.key, own)
      const shared = await renderings.run(asked.key, own).catch(() => undefined)
      // A response that cannot be cached belongs to the request that it was rendered for.
      if (!shared || !isCacheable(shared)) break
      if (current(shared)) return shared
    }
    return own()
  }

  async function renderAndStore(asked: PublicPage, segment: Segment<CachedPage>, response: Response) {
    const page = await render(asked, response)
    if (isCacheable(page)) store(asked.key, page, segment, response)
    return page
  }

  /** Nothing of the request gets into the page except the canonical URL that was parsed from it. */
  async function render({ address, theme, loaders }: PublicPage, response: Response): Promise<CachedPage> {
    const position = source.position() ?? -1
    const { nonce, requestId } = response.locals as { nonce: string; requestId: string }
    const marks = createMarks({ nonce, requestId })
    const dependencies: (readonly string[])[] = []
    const made = await source.render(
      new globalThis.Request(appOrigin + address, {
        headers: theme ? { cookie: `${cookiePrefix}theme=${theme}` } : {},
      }),
      {
        nonce,
        requestId,
        ip: '',
        slots: { csrfToken: marks.csrfToken, personal: JSON.stringify(marks.personal) },
        dependsOn: (names) => void dependencies.push(names),
      },
    )
    const isData = address.split('?')[0]!.endsWith('.data')
    return {
      status: made.status,
      headers: [...made.headers],
      template: await toTemplate(await made.text(), marks, isData),
      // A loader that declares no dependencies may have read anything.
      dependsOn: dependencies.length === loaders ? [...new Set(dependencies.flat())] : null,
      position,
      madeAt: Date.now(),
    }
  }

  function store(key: string, page: CachedPage, segment: Segment<CachedPage>, response: Response) {
    if (!segment.set(key, page, page.template.size)) return
    const policy = String(response.getHeader('content-security-policy'))
    copyForVisitors(page, policy).then(
      (copy) => {
        page.visitorCopy = copy
        segment.grow(key, page, copy.br.length + copy.gzip.length)
      },
      (error: unknown) => log.warn({ err: error, key }, 'page not cached'),
    )
  }

  async function copyForVisitors({ template }: CachedPage, policy: string): Promise<VisitorCopy> {
    const parts = await source.personalParts('')
    if (!parts) throw new Error('Not subscribed to changes')
    const { csrfToken: nonce } = createMarks({ nonce: '', requestId: '' })
    const made = joinPlain(template, { ...parts, nonce, requestId: '' }).toString()
    const text = made.replaceAll(` nonce="${nonce}"`, '')
    if (text.includes(nonce)) throw new Error('The nonce appears outside an attribute')
    const body = Buffer.from(text)
    const [br, gzipped] = await Promise.all([
      brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
      zip(body, { level: 6 }),
    ])
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    const [ownBr, ownGzip] = ownBytes([br, gzipped])
    return { etag, policy: withHashes(policy, made, nonce), br: ownBr, gzip: ownGzip }
  }

  return (request, response, next) => {
    serve(request, response).then(
      (isServed) => {
        if (!isServed) next()
      },
      (error: unknown) => {
        const { requestId } = response.locals as { requestId: string }
        log.error({ requestId, path: request.path, err: error }, 'failed to render a page for the cache')
        next()
      },
    )
  }
}

function isCacheable({ status, headers }: CachedPage): boolean {
  return status === 200 && !headers.some(([name]) => name === 'set-cookie')
}

function send(page: CachedPage, parts: Parts, request: Request, response: Response) {
  response.status(page.status)
  for (const [name, value] of page.headers) response.append(name, value)
  response.setHeader('vary', 'Accept-Encoding, Cookie')
  const [encoding, filledEncoding] = encodingsOf(request)
  const copy = parts.csrfToken === '' ? page.visitorCopy : undefined
  if (copy && encoding) {
    response.setHeader('content-security-policy', copy.policy)
    // Shared caches may store it and have to revalidate it each time.
    response.setHeader('cache-control', 'public, no-cache')
    response.setHeader('etag', copy.etag)
    if (request.headers['if-none-match']?.includes(copy.etag)) return void response.status(304).end()
    return end(copy[encoding], encoding)
  }
  const values = { ...parts, ...(response.locals as { nonce: string; requestId: string }) }
  if (filledEncoding) end(joinGzipPieces(fillTemplate(page.template, values)), filledEncoding)
  else end(joinPlain(page.template, values))

  function end(body: Buffer, encoding?: string) {
    if (encoding) response.setHeader('content-encoding', encoding)
    response.setHeader('content-length', body.length)
    response.end(request.method === 'HEAD' ? undefined : body)
  }
}

type Encodings = [whole: Encoding | undefined, filled: Encoding | undefined]

/** Browsers send the same few values again and again. Not an LRU cache: it is read for each page and evicts nothing. */
const knownEncodings = new Map<string, Encodings>()
const maxKnown = 100

/** The content encodings for the visitors' copy and for a filled-in page. */
function encodingsOf(request: Request): Encodings {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  const known = knownEncodings.get(accepted)
  if (known) return known
  const encodings: Encodings = [negotiateEncoding(request), negotiateEncoding(request, ['gzip'])]
  if (knownEncodings.size < maxKnown && accepted.length < 100) knownEncodings.set(accepted, encodings)
  return encodings
}

function joinPlain(template: Template, values: Parameters<typeof fillTemplate>[1]): Buffer {
  return Buffer.concat(fillTemplate(template, values).map(({ plain }) => plain))
}

/**
 * The policy with hashes in place of the nonce (CSP level 3): of the inline scripts and styles that carried it, and of
 * no others. A script injected into a merchant's text carries none, so it does not run from the cache either.
 */
function withHashes(policy: string, html: string, nonce: string): string {
  const hashes = (element: string) =>
    [...html.matchAll(new RegExp(`<${element}(?![^>]*\\ssrc=)([^>]*)>([\\s\\S]*?)</${element}>`, 'g'))]
      .filter(([, attributes]) => attributes!.includes(` nonce="${nonce}"`))
      .map(([, , content]) => `'sha256-${createHash('sha256').update(content!).digest('base64')}'`)
      .join(' ')
  return policy
    .replace(/(script-src [^;]*?)'nonce-[^']+'/, (_, head: string) => head + hashes('script'))
    .replace(/(style-src [^;]*?)'nonce-[^']+'/, (_, head: string) => head + hashes('style'))
}
