import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@remix-run/node'

type PublicFile = {
  type: string
  /** Changes with the content; read before the content is. */
  version: string
  maxAgeSeconds: number
  /** The content in steps; not called for a client that has it. */
  content: () => AsyncIterable<string>
}

/** A generated file that is the same for everyone: 304 for a client that has this version, otherwise streamed. */
export function publicFile(request: Request, { type, version, maxAgeSeconds, content }: PublicFile) {
  const etag = `W/"${version}"`
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': `public, max-age=${maxAgeSeconds}`,
    etag,
  }
  if (request.headers.get('if-none-match')?.includes(etag))
    return new Response(null, { status: 304, headers })
  if (request.method === 'HEAD') return new Response(null, { headers })
  // One step ahead of the client, not 16.
  const steps = Readable.from(toBytes(content()), { highWaterMark: 1 })
  return new Response(createReadableStreamFromReadable(steps), { headers })
}

async function* toBytes(content: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of content) yield Buffer.from(text)
}
