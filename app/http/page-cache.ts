import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { negotiateEncoding } from './accept-encoding.ts'

const maxBytes = 32 * 1024 * 1024
/** Dates on a page ("arrives Friday") and products that become visible at a set time need no change of a row. */
const maxAgeMs = 60_000

type Body = { encoding: 'br' | 'gzip' | undefined; bytes: Buffer }
type Page = {
  version: number
  madeAt: number
  etag: string
  policy: string
  plain: Body
  small: Body[]
  size: number
}

const compress = [
  {
    encoding: 'br' as const,
    run: promisify(brotliCompress),
    options: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  },
  { encoding: 'gzip' as const, run: promisify(gzip), options: { level: 6 } },
]

/**
 * Keeps the shop's public pages for visitors without any cookie, whose pages are all the same. A kept page is
 * served only while `catalogVersion` is the one it was made under, so it is never older than the last commit
 * that this process heard of; while the process hears nothing (null), nothing is served from here.
 *
 * A page is kept without its nonces: its inline scripts and styles are named in its policy by their hashes,
 * so no nonce is ever used twice. `serve` goes in front of compression, `keep` behind it.
 */
export function createPageCache(catalogVersion: () => number | null): {
  serve: RequestHandler
  keep: RequestHandler
} {
  const pages = new Map<string, Page>()
  let bytes = 0

  function serve(request: Request, response: Response, next: NextFunction) {
    const page = isCacheable(request) ? pages.get(request.originalUrl) : undefined
    if (!page) return next()
    if (page.version !== catalogVersion() || Date.now() - page.madeAt > maxAgeMs) {
      drop(request.originalUrl, page)
      return next()
    }
    response.setHeader('content-security-policy', page.policy)
    // Shared caches may store it, and ask each time whether it is still true.
    response.setHeader('cache-control', 'public, no-cache')
    response.setHeader('etag', page.etag)
    response.setHeader('vary', 'accept-encoding, cookie')
    if (request.headers['if-none-match'] === page.etag) return void response.status(304).end()
    const accepted = negotiateEncoding(request)
    const body = page.small.find(({ encoding }) => encoding === accepted) ?? page.plain
    if (body.encoding) response.setHeader('content-encoding', body.encoding)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader('content-length', body.bytes.length)
    response.end(request.method === 'HEAD' ? undefined : body.bytes)
  }

  function keep(request: Request, response: Response, next: NextFunction) {
    const version = catalogVersion()
    if (version === null || request.method !== 'GET' || !isCacheable(request)) return next()
    record(response, (html) => {
      if (isKeepable(response)) void remember(request.originalUrl, html, version, response)
    })
    next()
  }

  async function remember(key: string, html: Buffer, version: number, response: Response) {
    const page = await toPage(html, version, response)
    if (page.version !== catalogVersion()) return
    const before = pages.get(key)
    if (before) drop(key, before)
    pages.set(key, page)
    bytes += page.size
    for (const [oldest, old] of pages) {
      if (bytes <= maxBytes) break
      drop(oldest, old)
    }
  }

  function drop(key: string, page: Page) {
    if (pages.get(key) !== page) return
    pages.delete(key)
    bytes -= page.size
  }

  return { serve, keep }
}

/** Public pages of the shop, asked for by somebody we know nothing about. */
function isCacheable(request: Request): boolean {
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    request.headers.cookie === undefined &&
    request.originalUrl.length <= 300 &&
    /^\/(?:$|collections(?:\/[^/.]+)?$|products\/[^/.]+$)/.test(request.path)
  )
}

function isKeepable(response: Response): boolean {
  return (
    response.statusCode === 200 &&
    !response.hasHeader('set-cookie') &&
    String(response.getHeader('content-type')).startsWith('text/html')
  )
}

/** Hands over the body once it was written whole. */
function record(response: Response, done: (body: Buffer) => void) {
  const chunks: Buffer[] = []
  const write = response.write.bind(response)
  const end = response.end.bind(response)
  response.write = ((chunk: Uint8Array | string, ...rest: never[]) => {
    chunks.push(Buffer.from(chunk as Uint8Array))
    return write(chunk, ...rest)
  }) as typeof response.write
  response.end = ((chunk?: unknown, ...rest: never[]) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array)
      chunks.push(Buffer.from(chunk as Uint8Array))
    done(Buffer.concat(chunks))
    return end(chunk, ...rest)
  }) as typeof response.end
}

async function toPage(html: Buffer, version: number, response: Response): Promise<Page> {
  const { nonce } = response.locals as { nonce: string }
  const made = html.toString()
  const text = made.replaceAll(` nonce="${nonce}"`, '')
  const bytes = Buffer.from(text)
  const small = await Promise.all(
    compress.map(async ({ encoding, run, options }) => ({ encoding, bytes: await run(bytes, options) })),
  )
  return {
    version,
    madeAt: Date.now(),
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    policy: withHashes(String(response.getHeader('content-security-policy')), made, nonce),
    plain: { encoding: undefined, bytes },
    small,
    size: bytes.length + small.reduce((sum, body) => sum + body.bytes.length, 0),
  }
}

/**
 * The policy with hashes where the nonce was (CSP level 3): of the inline scripts and styles that carried it, and of
 * no others. A script that got into a merchant's text carries none, and so does not run from the cache either.
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
