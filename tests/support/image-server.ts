import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'

type Respond = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/**
 * A web server for images that misbehaves on purpose. `requests` counts by path; `mostAtOnce` is the highest number of
 * requests that were open at a time.
 */
export async function startImageServer() {
  const requests = new Map<string, number>()
  const state = { open: 0, mostAtOnce: 0, bytesSent: 0 }
  const png = (seed: string) => makePng(seed)
  const redirect =
    (location: string): Respond =>
    (_, response) =>
      void response.writeHead(302, { location }).end()
  const status =
    (code: number, headers = {}): Respond =>
    (_, response) =>
      void response.writeHead(code, headers).end('no')

  const special: Record<string, Respond> = {
    '/redirect': redirect('/ok-redirected.png'),
    '/loop': redirect('/loop'),
    '/to-metadata': redirect('http://169.254.169.254/latest/meta-data'),
    '/to-other-port': redirect('http://127.0.0.1:9/'),
    '/to-localhost': redirect('http://localhost/'),
    '/to-mapped': redirect('http://[::ffff:127.0.0.1]/'),
    '/to-file': redirect('file:///etc/passwd'),
    '/missing': status(404),
    '/forbidden': status(403),
    '/broken': status(503),
    '/empty.png': status(200),
    '/lie.png': (_, response) =>
      void response.writeHead(200, { 'content-type': 'image/png' }).end(`<html>${'x'.repeat(5000)}</html>`),
    '/damaged.png': async (_, response) => {
      // Other bytes each time, as after an upload that was repeated.
      const head = (await png('damaged')).subarray(0, 60)
      response.writeHead(200).end(Buffer.concat([head, randomBytes(8)]))
    },
    '/announced.png': status(200, { 'content-length': String(10 ** 9) }),
    '/silent.png': () => {},
    '/slow.png': async (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' })
      for (const byte of await png('slow')) {
        if (response.destroyed) return
        response.write(Buffer.from([byte]))
        await wait(20)
      }
    },
    '/endless.png': async (_, response) => {
      response.write(await png('endless'))
      while (!response.destroyed) {
        state.bytesSent += 65_536
        if (!response.write(Buffer.alloc(65_536))) await drained(response)
      }
    },
    '/limited.png': async (_, response) => {
      if (requests.get('/limited.png') === 1) response.writeHead(429, { 'retry-after': '0' }).end()
      else response.writeHead(200).end(await png('limited'))
    },
  }

  const server = createServer((request, response) => {
    const path = request.url!
    requests.set(path, (requests.get(path) ?? 0) + 1)
    state.mostAtOnce = Math.max(state.mostAtOnce, ++state.open)
    response.on('close', () => state.open--)
    const respond = special[path] ?? (async () => void response.writeHead(200).end(await png(path)))
    void respond(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    origin: `http://${host}`,
    requests,
    state,
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

async function drained(response: ServerResponse) {
  await new Promise<void>((resolve) => {
    response.once('drain', resolve)
    response.once('close', resolve)
  })
}

/** A small image of its own for each seed. */
async function makePng(seed: string): Promise<Buffer> {
  const hash = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffff, 7)
  const background = `#${hash.toString(16).padStart(6, '0')}`
  return sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .png()
    .toBuffer()
}
