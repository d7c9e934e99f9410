import type { LoaderFunctionArgs } from '@remix-run/node'
import { getPublicRendition, type RenditionName } from '#app/domain/media/rendition.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

const contentTypes = { avif: 'image/avif', webp: 'image/webp', jpeg: 'image/jpeg' }

/**
 * An image by its content hash: immutable, so a browser requests it once. No session is read; the server adds nosniff.
 */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const name = orNotFound(readName(params.hash, params.file))
  const etag = `"${name.hash.slice(0, 32)}-${name.width}-${name.format}"`
  const headers = {
    'cache-control': 'public, max-age=31536000, immutable',
    etag,
    'content-type': contentTypes[name.format],
    'content-security-policy': "sandbox; default-src 'none'",
    'content-disposition': 'inline',
  }
  if (request.headers.get('if-none-match')?.includes(etag))
    return new Response(null, { status: 304, headers })
  const bytes = orNotFound(await getPublicRendition(name))
  return new Response(new Uint8Array(bytes), {
    headers: { ...headers, 'content-length': String(bytes.length) },
  })
}

function readName(hash = '', file = ''): RenditionName | null {
  const match = /^([1-9]\d{0,4})\.(avif|webp|jpeg)$/.exec(file)
  if (!match || !/^[0-9a-f]{64}$/.test(hash)) return null
  return { hash, width: Number(match[1]), format: match[2] as RenditionName['format'] }
}
