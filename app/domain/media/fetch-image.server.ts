import { lookup, type LookupAddress } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { detectImageType } from './image-type.ts'
import { isPublicAddress } from './public-address.ts'
import { maxImageBytes, uploadRefusalMessages } from './upload.ts'

export type FetchOptions = {
  /** Hosts with a port that may be fetched from although their address is not public. For tests. */
  testHosts: string[]
  /** For one image, with its redirects. */
  timeoutMs?: number
  /** How long a server may be silent. */
  idleMs?: number
  resolve?: typeof lookup
}

export type FetchedImage =
  | { ok: true; bytes: Buffer }
  | { ok: false; message: string; isTemporary: boolean; retryAfterMs: number | null }

const maxRedirects = 3
const headers = {
  'user-agent': 'Till (image import)',
  accept: 'image/jpeg,image/png,image/webp,image/avif,image/gif',
  'accept-encoding': 'identity',
}

/** Ends the fetch, with a message for staff. */
class Refusal extends Error {
  isTemporary: boolean
  retryAfterMs: number | null

  constructor(message: string, { isTemporary = false, retryAfterMs = null as number | null } = {}) {
    super(message)
    this.isTemporary = isTemporary
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * Fetches an image from a public address of the internet, following up to three redirects. Each name is resolved once,
 * and the connection is made to the address that was checked. Stops at the first bytes that are no image, and at 25 MB.
 */
export async function fetchImage(address: string, options: FetchOptions): Promise<FetchedImage> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? 60_000)
  try {
    let url = URL.parse(address)
    for (let redirects = 0; ; redirects++) {
      const response = await request(url, signal, options)
      const { statusCode = 0 } = response
      if (statusCode < 300 || statusCode >= 400) return { ok: true, bytes: await readImage(response) }
      response.destroy()
      url = URL.parse(response.headers.location ?? '', url!)
      if (redirects === maxRedirects) throw new Refusal('The server redirects more than three times.')
    }
  } catch (error) {
    const { message, isTemporary, retryAfterMs } = toRefusal(error, signal)
    return { ok: false, message, isTemporary, retryAfterMs }
  }
}

function request(url: URL | null, signal: AbortSignal, options: FetchOptions): Promise<http.IncomingMessage> {
  if (!url || !/^https?:$/.test(url.protocol)) throw new Refusal('This is not a web address.')
  const isTestHost = options.testHosts.includes(url.host)
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  // For an address in place of a name, Node looks nothing up.
  if (!isTestHost && isIP(hostname) !== 0) assertPublic([hostname])
  if (!isTestHost && url.port !== '')
    throw new Refusal('Images can only be fetched from the ports 80 and 443.')
  const { protocol, port, pathname, search } = url
  return new Promise((resolve, reject) => {
    const asked = (protocol === 'https:' ? https : http).get({
      ...{ protocol, hostname, port, path: pathname + search, headers, signal, agent: false },
      timeout: options.idleMs ?? 15_000,
      ...(!isTestHost && { lookup: publicLookup(options.resolve ?? lookup) }),
    })
    asked.on('timeout', () => asked.destroy(new Refusal('The server took too long.', { isTemporary: true })))
    asked.on('error', reject)
    asked.on('response', resolve)
  })
}

/** Resolves a name for the connection, which is made to one of the addresses checked here. */
function publicLookup(resolve: typeof lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      try {
        if (error) throw error
        assertPublic(found.map(({ address }) => address))
      } catch (refused) {
        return callback(refused as NodeJS.ErrnoException, '')
      }
      if (options.all) callback(null, found)
      else callback(null, found[0]!.address, found[0]!.family)
    })
  }
}

function assertPublic(addresses: string[]): void {
  if (addresses.length === 0 || !addresses.every(isPublicAddress))
    throw new Refusal('The address is not on the public internet.')
}

async function readImage(response: http.IncomingMessage): Promise<Buffer> {
  try {
    const { statusCode = 0 } = response
    if (statusCode < 200 || statusCode > 299) throw statusRefusal(statusCode, response.headers['retry-after'])
    if (Number(response.headers['content-length']) > maxImageBytes)
      throw new Refusal(uploadRefusalMessages['too-large'])
    const chunks: Buffer[] = []
    let size = 0
    let isImage = false
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > maxImageBytes) throw new Refusal(uploadRefusalMessages['too-large'])
      if (isImage || size < 512) continue
      assertImage(Buffer.concat(chunks))
      isImage = true
    }
    const bytes = Buffer.concat(chunks)
    assertImage(bytes)
    return bytes
  } finally {
    response.destroy()
  }
}

/** By the bytes, whatever type the server names. */
function assertImage(bytes: Buffer): void {
  const kind = detectImageType(bytes.subarray(0, 512))
  if (!kind.ok) throw new Refusal(uploadRefusalMessages[kind.reason])
}

function statusRefusal(status: number, retryAfter: string | undefined): Refusal {
  const isTemporary = status === 408 || status === 425 || status === 429 || status >= 500
  const known: Record<number, string> = {
    401: 'The server does not allow access to the image (401).',
    403: 'The server does not allow access to the image (403).',
    404: 'There is no image at this address (404).',
    410: 'There is no image at this address any more (410).',
    429: 'The server asked for fewer requests (429).',
  }
  const message = known[status] ?? `The server answered with the error ${status}.`
  return new Refusal(message, { isTemporary, retryAfterMs: isTemporary ? toMilliseconds(retryAfter) : null })
}

/** Seconds, or a date. */
function toMilliseconds(retryAfter = ''): number | null {
  const ms = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now()
  return ms >= 0 ? ms : null
}

function toRefusal(error: unknown, signal: AbortSignal): Refusal {
  if (error instanceof Refusal) return error
  const isTemporary = true
  if (signal.aborted) return new Refusal('The server took too long.', { isTemporary })
  const code = (error as NodeJS.ErrnoException).code
  if (typeof code !== 'string') throw error
  if (code === 'ENOTFOUND') return new Refusal('The server’s name was not found.')
  if (code === 'EAI_AGAIN') return new Refusal('The server’s name could not be resolved.', { isTemporary })
  if (/CERT|SIGNATURE|ALTNAME|TLS|SSL/.test(code))
    return new Refusal('There is no secure connection to the server.')
  if (code.startsWith('HPE_')) return new Refusal('The server’s answer is not valid HTTP.')
  return new Refusal('The connection to the server failed.', { isTemporary })
}
