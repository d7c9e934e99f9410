import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createShield } from './shield.ts'

const appOrigin = 'https://shop.test'
let server: Server
let port: number

beforeAll(async () => {
  ;({ server, port } = await serve(0))
})
afterAll(() => server.close())

/** The shield in front of a page that reads the body and returns what it received. */
async function serve(trustProxy: number) {
  const app = express().set('trust proxy', trustProxy)
  app.use(
    createShield({ appOrigin, trustProxy, refuse: (response, status) => response.status(status).end() }),
  )
  app.post('/hasty', (request, response) => {
    request.once('data', () => response.end())
    request.on('data', () => request.pause())
    request.resume()
  })
  app.use((request, response) => {
    let bytes = 0
    request.on('data', (chunk: Buffer) => (bytes += chunk.length))
    request.on(
      'end',
      () => response.headersSent || response.json({ bytes, headers: request.headers, ip: request.ip }),
    )
    request.resume()
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

/** Sends exactly these bytes, as no client library would, and returns the status. */
async function raw(text: string, to = port) {
  const socket = connect(to, '127.0.0.1')
  socket.write(text)
  let answer = ''
  for await (const chunk of socket) {
    answer += String(chunk)
    if (answer.includes('\r\n\r\n')) break
  }
  socket.destroy()
  return { status: Number(answer.split(' ')[1]), answer }
}

const get = (path: string, headers = '') => raw(`GET ${path} HTTP/1.1\r\nHost: shop.test\r\n${headers}\r\n`)
const post = (headers: string, body = 'a=b', path = '/cart') =>
  raw(`POST ${path} HTTP/1.1\r\nHost: shop.test\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`)
const ours = 'Sec-Fetch-Site: same-origin\r\n'

describe('URL and method', () => {
  test.each([
    ['an ordinary page', '/products/mug?variant=1', 200],
    ['letters of any script', '/collections/%E8%8C%B6', 200],
    ['a question mark and quotes', '/search?q=%27%20or%201=1', 200],
    ['the query that makes Remix run one loader', '/cart?_data=routes%2Fcart', 400],
    ['the same as a second value', '/cart?a=1&_data', 400],
    ['the same, percent-encoded', '/cart?%5Fdat%61=routes%2Fcart', 400],
    ['the same behind another question mark', '/cart?a=?&_data=', 400],
    ['a similar parameter', '/cart?x_data=1&_data2=', 200],
    ['a request to a proxy', 'http://shop.test/cart', 400],
    ['a URL of another host', 'http://evil.test/', 400],
    ['a path without a slash', 'cart', 400],
    ['a fragment', '/cart#top', 400],
    ['the route manifest', '/__manifest?p=/', 404],
    ['2049 bytes of path', `/${'a'.repeat(2048)}`, 414],
    ['2048 bytes of path', `/${'a'.repeat(2047)}`, 200],
    ['21 segments', '/a'.repeat(21), 414],
    ['20 segments', '/a'.repeat(20), 200],
    ['9 KB of query', `/?q=${'a'.repeat(9 * 1024)}`, 414],
    ['bytes that are not UTF-8', '/products/%FF', 400],
    ['half an escape', '/products/%E', 400],
    ['NUL in the path', '/products/a%00b', 400],
    ['NUL in the query', '/search?q=a%00b', 400],
    ['a protocol-relative URL', '//evil.test/', 400],
    ['a backslash in the path', '/%5Cevil.test', 400],
    ['a backslash in the query', '/search?q=a%5Cb', 200],
  ])('%s', async (_, path, status) => {
    expect((await get(path)).status).toBe(status)
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is 405 with an Allow header',
    async (method) => {
      const { status, answer } = await raw(`${method} / HTTP/1.1\r\nHost: shop.test\r\n\r\n`)
      expect(status).toBe(405)
      expect(answer).toMatch(/allow: GET, HEAD, POST/i)
    },
  )

  test.each(['a b', 'shop.test/evil', 'user@shop.test', '', 'a:99999', '1.2.3.999', '[::1', '[1::2::3]'])(
    'Host %j is refused',
    async (host) => {
      expect((await raw(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).status).toBe(400)
    },
  )
})

describe('other headers', () => {
  test.each(['garbage', 'https://', '//shop.test', 'shop.test'])('Origin %j is refused', async (origin) => {
    expect((await get('/', `Origin: ${origin}\r\n`)).status).toBe(400)
    expect((await post(`${ours}Origin: ${origin}\r\n`)).status).toBe(400)
  })

  test.each(['http://127.0.0.1:3000', 'null', 'https://other.test'])(
    'Origin %s of our own form is not passed to Remix, which would refuse it',
    async (origin) => {
      const { status, answer } = await post(`${ours}Origin: ${origin}\r\n`)
      expect(status).toBe(200)
      expect(answer).not.toContain(origin)
    },
  )

  test('an unknown X-Forwarded-Proto is ignored', async () => {
    const behind = await serve(1)
    const ask = async (proto: string) =>
      (
        await raw(`GET / HTTP/1.1\r\nHost: shop.test\r\nX-Forwarded-Proto: ${proto}\r\n\r\n`, behind.port)
      ).answer.includes('x-forwarded-proto')
    expect(await ask('https')).toBe(true)
    expect(await ask('https, http')).toBe(true)
    expect(await ask('java script')).toBe(false)
    behind.server.close()
  })
})

describe('origin of forms', () => {
  test.each([
    ['a same-origin form', ours, 200],
    ['a typed URL', 'Sec-Fetch-Site: none\r\n', 200],
    ['another site', 'Sec-Fetch-Site: cross-site\r\n', 403],
    ['another subdomain', 'Sec-Fetch-Site: same-site\r\n', 403],
    [
      'another site that forges our Origin as well',
      `Sec-Fetch-Site: cross-site\r\nOrigin: ${appOrigin}\r\n`,
      403,
    ],
    ['an Origin of ours', `Origin: ${appOrigin}\r\n`, 200],
    ['another Origin', 'Origin: https://evil.test\r\n', 403],
    ['our host over http', 'Origin: http://shop.test\r\n', 403],
    ['a page without an origin', 'Origin: null\r\n', 403],
    ['no origin headers', '', 403],
    ['a forwarded host', 'Origin: https://evil.test\r\nX-Forwarded-Host: evil.test\r\n', 403],
  ])('%s', async (_, headers, status) => {
    expect((await post(headers)).status).toBe(status)
  })

  test.each([
    ['an email service that unsubscribes', '/unsubscribe/1-aB_-9', '', 200],
    ['the same with a cookie', '/unsubscribe/1-aB_-9', 'Cookie: sid=1\r\n', 403],
    ['the same below the link', '/unsubscribe/1-aB_-9/x', '', 403],
    ['the same without a token', '/unsubscribe/', '', 403],
    ['the same behind another path', '/cart/unsubscribe/1', '', 403],
  ])('%s', async (_, path, headers, status) => {
    expect((await post(headers, 'List-Unsubscribe=One-Click', path)).status).toBe(status)
  })
})

describe('request body', () => {
  test('a form of 256 KB is accepted', async () => {
    const { status, answer } = await post(ours, 'a'.repeat(256 * 1024))
    expect(status).toBe(200)
    expect(answer).toContain(`"bytes":${256 * 1024}`)
  })

  test('a larger body is 413 before it is read', async () => {
    const head = `POST /cart HTTP/1.1\r\nHost: shop.test\r\n${ours}Content-Length: ${256 * 1024 + 1}\r\n\r\n`
    expect((await raw(head)).status).toBe(413)
  })

  test('a chunked body is counted as it arrives', async () => {
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
    const head = `POST /cart HTTP/1.1\r\nHost: shop.test\r\n${ours}Transfer-Encoding: chunked\r\n\r\n`
    expect((await raw(head + chunk.repeat(5))).status).toBe(413)
  })

  test.each(['/admin/imports', '/admin/products/1/images', '/admin/collections/1/image.data'])(
    'an upload to %s may be larger',
    async (path) => {
      expect((await post(ours, 'a'.repeat(300 * 1024), path)).status).toBe(200)
    },
  )

  test('forms about a single image have the form limit', async () => {
    expect((await post(ours, 'a'.repeat(300 * 1024), '/admin/products/1/images/2')).status).toBe(413)
  })

  test('an unread body is discarded and the connection stays usable', async () => {
    const body = 'a'.repeat(256 * 1024)
    const head = `POST /hasty HTTP/1.1\r\nHost: shop.test\r\n${ours}Content-Length: ${body.length}\r\n\r\n`
    const socket = connect(port, '127.0.0.1')
    socket.write(`${head}${body}GET /next HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n`)
    let answers = ''
    for await (const chunk of socket) answers += String(chunk)
    expect(answers.match(/HTTP\/1.1 200/g)).toHaveLength(2)
  })

  test('a compressed body is 415', async () => {
    expect((await post(`${ours}Content-Encoding: gzip\r\n`)).status).toBe(415)
  })
})

describe('client address', () => {
  const claims = 'X-Forwarded-For: 192.0.2.9\r\nX-Client-IP: 192.0.2.8\r\nX-Forwarded-Host: evil.test\r\n'

  test('forwarded headers are dropped without a proxy', async () => {
    const { answer } = await get('/', claims)
    expect(answer).toContain('"ip":"127.0.0.1"')
    expect(answer).not.toMatch(/192\.0\.2|evil/)
  })

  test('behind one proxy only the last forwarded address counts', async () => {
    const behind = await serve(1)
    const headers = `X-Forwarded-For: 192.0.2.1, 192.0.2.9\r\nX-Client-IP: 192.0.2.8\r\nX-Forwarded-Host: evil.test\r\n`
    const { answer } = await raw(`GET / HTTP/1.1\r\nHost: shop.test\r\n${headers}\r\n`, behind.port)
    behind.server.close()
    expect(answer).toContain('"ip":"192.0.2.9"')
    expect(answer).not.toMatch(/192\.0\.2\.8|evil/)
  })
})
