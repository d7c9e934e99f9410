import type { lookup } from 'node:dns'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startImageServer } from '#tests/support/image-server.ts'
import { fetchImage } from './fetch-image.server.ts'
import { maxImageBytes } from './upload.ts'

let server: Awaited<ReturnType<typeof startImageServer>>

beforeAll(async () => {
  server = await startImageServer()
})
afterAll(() => server.stop())

const fetchPath = (path: string) =>
  fetchImage(server.origin + path, { testHosts: [server.host], timeoutMs: 1500, idleMs: 300 })

test('an image is fetched, also after a redirect', async () => {
  expect(await fetchPath('/ok.png')).toMatchObject({ ok: true })
  expect(await fetchPath('/redirect')).toMatchObject({ ok: true })
})

test.each([
  ['/to-metadata', 'not on the public internet', false],
  ['/to-mapped', 'not on the public internet', false],
  ['/to-localhost', 'not on the public internet', false],
  ['/to-other-port', 'not on the public internet', false],
  ['/to-file', 'not a web address', false],
  ['/loop', 'more than three times', false],
  ['/missing', '404', false],
  ['/forbidden', '403', false],
  ['/broken', '503', true],
  ['/empty.png', 'not a JPEG', false],
  ['/lie.png', 'not a JPEG', false],
  ['/announced.png', 'larger than 25 MB', false],
  ['/silent.png', 'took too long', true],
  ['/slow.png', 'took too long', true],
  ['/limited.png', 'fewer requests', true],
])('%s is refused: %s', async (path, message, isTemporary) => {
  expect(await fetchPath(path)).toMatchObject({
    ok: false,
    isTemporary,
    message: expect.stringContaining(message),
  })
})

test('the request to wait is passed on', async () => {
  server.requests.delete('/limited.png')
  expect(await fetchPath('/limited.png')).toMatchObject({ retryAfterMs: 0 })
})

test('a body without an end is cut off at the limit', async () => {
  const fetched = await fetchImage(`${server.origin}/endless.png`, {
    testHosts: [server.host],
    timeoutMs: 15_000,
  })
  expect(fetched).toMatchObject({
    ok: false,
    message: expect.stringContaining('25 MB'),
  })
  expect(server.state.bytesSent).toBeLessThan(maxImageBytes + 8 * 1024 * 1024)
})

test.each([
  'http://127.0.0.1/x.png',
  'http://localhost/x.png',
  'http://2130706433/x.png',
  'http://0x7f.1/x.png',
  'http://[::1]/x.png',
  'http://[::ffff:10.0.0.1]/x.png',
  'https://192.168.0.1/x.png',
])('%s is inside, and no request is made', async (url) => {
  expect(await fetchImage(url, { testHosts: [] })).toMatchObject({
    ok: false,
    message: 'The address is not on the public internet.',
  })
})

test('the test server is refused where it is not named', async () => {
  const before = server.requests.get('/ok.png') ?? 0
  expect(await fetchImage(`${server.origin}/ok.png`, { testHosts: [] })).toMatchObject({ ok: false })
  expect(server.requests.get('/ok.png') ?? 0).toBe(before)
})

test('a name with one inside address is refused, and is resolved once', async () => {
  let resolved = 0
  const resolve = ((_: string, __: object, callback: (error: null, found: object[]) => void) => {
    resolved++
    callback(null, [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ])
  }) as unknown as typeof lookup
  const found = await fetchImage('http://shop.example/x.png', { testHosts: [], resolve })
  expect(found).toMatchObject({ ok: false, message: 'The address is not on the public internet.' })
  expect(resolved).toBe(1)
})

test('other ports are refused', async () => {
  expect(await fetchImage('https://8.8.8.8:8443/x.png', { testHosts: [] })).toMatchObject({
    message: expect.stringContaining('80 and 443'),
  })
})
