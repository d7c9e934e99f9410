import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Stored = { vary: string; status: number; headers: Headers; body: Buffer }

/**
 * A shared cache in front of a shop, like a CDN (RFC 9111): stores what it may, serves requests from it when the
 * headers named in Vary are equal, and revalidates responses marked no-cache. Responses without cache headers are
 * stored, too.
 */
export async function startCachingProxy(shop: string) {
  const stored = new Map<string, Stored[]>()
  const counts = { stored: 0, reused: 0 }

  const server = createServer((request, response) => {
    void (async () => {
      const asked = Object.fromEntries(
        Object.entries(request.headers).flatMap(([name, value]) =>
          typeof value === 'string' && name !== 'connection' ? [[name, value]] : [],
        ),
      )
      const url = request.url!
      const varies = (names: string) =>
        names
          .split(/, */)
          .map((name) => asked[name.toLowerCase()] ?? '')
          .join('\n')
      const found = (stored.get(url) ?? []).find(
        ({ headers, vary }) => vary === varies(headers.get('vary') ?? ''),
      )
      const etag = found?.headers.get('etag')
      let answer: Stored | undefined = found
      if (!found || /no-cache/.test(found.headers.get('cache-control') ?? '')) {
        const fresh = await fetch(shop + url, {
          method: request.method,
          redirect: 'manual',
          headers: { ...asked, ...(etag ? { 'if-none-match': etag } : {}) },
        })
        if (fresh.status !== 304) {
          const { status, headers } = fresh
          answer = {
            status,
            headers,
            vary: varies(headers.get('vary') ?? ''),
            body: Buffer.from(await fresh.arrayBuffer()),
          }
          const rule = headers.get('cache-control') ?? ''
          const isStorable =
            request.method === 'GET' && headers.get('vary') !== '*' && !/private|no-store/.test(rule)
          if (isStorable) {
            stored.set(url, [...(stored.get(url) ?? []).filter((one) => one !== found), answer])
            counts.stored += 1
          }
        } else counts.reused += 1
      } else counts.reused += 1
      const { status, headers, body } = answer!
      for (const [name, value] of headers)
        if (!/^(content-(encoding|length)|transfer-encoding|connection|set-cookie)$/.test(name))
          response.setHeader(name, value)
      for (const cookie of headers.getSetCookie()) response.appendHeader('set-cookie', cookie)
      response.writeHead(status).end(body)
    })().catch((error: unknown) => response.destroy(error as Error))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
