import { once } from 'node:events'
import { request as ask } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import express from 'express'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { headerText, type Personal } from '#app/domain/cart/personal.ts'
import { createChangeLog } from '#app/domain/realtime/changes.ts'
import { createPageCache, type RenderContext } from './page-cache.ts'

let log: ReturnType<typeof createChangeLog>
let isListening: boolean
let made: Request[]
let port: number
let close: () => void
let duringRender: () => Promise<void> | void
let counts: Map<string, number>
let answerOf: (request: Request) => { status?: number; headers?: Record<string, string>; text?: string }

const urls = { account: '/account', login: '/login' }
const personalOf = (count: number): Personal => ({
  cart: null,
  promotions: null,
  header: headerText({ count, unread: 0, isSignedIn: count > 0, urls }),
})

function render(request: Request, { nonce, slots, dependsOn }: RenderContext): Response {
  made.push(request)
  for (const names of [[], [], ['pot']]) dependsOn(names)
  const { header } = JSON.parse(slots.personal) as Personal
  const { status = 200, headers = {}, text = '' } = answerOf(request)
  const html = `<html><script nonce="${nonce}">run(${made.length})</script>${text}
    <script>written into a description</script><script data-guess="abc">more()</script>
    <a aria-label="${header.cartLabel}">${slots.csrfToken}</a><style nonce="${nonce}">a{}</style></html>`
  return new Response(html, { status, headers: { 'content-type': 'text/html', ...headers } })
}

beforeEach(async () => {
  log = createChangeLog({ maxNames: 100 })
  isListening = true
  made = []
  counts = new Map()
  duringRender = () => {}
  answerOf = () => ({})
  const cache = createPageCache(
    {
      position: () => (isListening ? log.position() : null),
      hasChangedSince: (position, names) => !isListening || log.hasChanged(names, position),
      personalParts: (cookies) => {
        const token = /sid=(\w+)/.exec(cookies)?.[1] ?? ''
        return Promise.resolve({ csrfToken: token, personal: personalOf(counts.get(token) ?? 0) })
      },
      render: async (...of) => {
        const answer = render(...of)
        await duringRender()
        return answer
      },
    },
    'http://shop.example',
  )
  const app = express()
  let answers = 0
  app.use((_, response, next) => {
    const nonce = `nonce${(answers += 1)}+/=`
    Object.assign(response.locals, { nonce, requestId: String(answers).padStart(16, '0') })
    const policy = `script-src 'self' 'nonce-${nonce}';style-src 'self' 'nonce-${nonce}'`
    response.setHeader('content-security-policy', policy)
    next()
  })
  app.use(cache)
  app.use((_, response) => void response.send('made for one'))
  const server = createServer(app).listen(0)
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  close = () => server.close()
})

afterEach(() => close())

type Answer = { status: number; headers: Record<string, string | undefined>; text: string }

/** With node:http, because fetch decompresses and does not allow another Host. */
function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = ask({ port, path, headers: { 'accept-encoding': 'gzip, br', ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const body = Buffer.concat(chunks)
        const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[
          response.headers['content-encoding'] ?? ''
        ]
        const text = (unpack && body.length > 0 ? unpack(body) : body).toString()
        resolve({ status: response.statusCode!, headers: response.headers as Answer['headers'], text })
      })
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** The visitors' copy is built after the first response: requests until it is there, at most 50 times. */
async function getCopy(path: string) {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await get(path)
    if (answer.headers.etag) return answer
  }
  throw new Error('The page was never cached')
}

test('a visitor’s page has hashes of our own scripts instead of nonces and answers 304 to its ETag', async () => {
  const { headers, text } = await getCopy('/collections/all')
  expect(text).not.toContain('nonce')
  expect(text).toContain('written into a description')
  expect(headers['content-security-policy']).toMatch(
    /^script-src 'self' 'sha256-[\w+/]{43}=';style-src 'self' 'sha256-[\w+/]{43}='$/,
  )
  expect(headers['cache-control']).toBe('public, no-cache')
  const again = await get('/collections/all', { 'if-none-match': headers.etag! })
  expect(again).toMatchObject({ status: 304, text: '' })
  expect(made).toHaveLength(1)
})

test('a page with a session has personal data and a nonce, and no ETag', async () => {
  counts.set('ada', 2).set('bob', 1)
  await getCopy('/')
  const etag = (await get('/')).headers.etag!
  const [ada, bob] = [
    await get('/', { cookie: 'sid=ada', 'if-none-match': etag }),
    await get('/', { cookie: 'sid=bob; _ga=x' }),
  ]
  expect(ada.text).toContain('<a aria-label="Cart, 2 items">ada</a>')
  expect(bob.text).toContain('<a aria-label="Cart, 1 item">bob</a>')
  const nonces = [ada, bob].map(({ text, headers }) => {
    const nonce = /script nonce="([^"]+)"/.exec(text)![1]!
    expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`)
    expect(headers.etag).toBeUndefined()
    expect(headers.vary).toMatch(/cookie/i)
    return nonce
  })
  expect(nonces[0]).not.toBe(nonces[1])
  expect(made).toHaveLength(1)
})

test.each(['gzip', 'identity', 'br;q=0, gzip', ''])(
  'the page is complete with Accept-Encoding %j',
  async (accepted) => {
    counts.set('ada', 2)
    await getCopy('/')
    for (const cookie of ['sid=ada', '_ga=1']) {
      const answer = await get('/', { cookie, 'accept-encoding': accepted })
      expect(answer.text).toMatch(/^<html>.*<\/html>$/s)
      expect(answer.headers['content-encoding']).toBe(accepted.includes('gzip') ? 'gzip' : undefined)
    }
  },
)

test('third-party cookies and parameters share one page and do not reach Remix', async () => {
  await getCopy('/collections/all')
  await get('/collections/all?utm_source=<script>', { cookie: '_ga=1; __cf_bm=2', host: 'evil.example' })
  expect(made.map(({ url, headers }) => [url, headers.get('cookie')])).toEqual([
    ['http://shop.example/collections/all', null],
  ])
})

test('only a change of a dependency renders the page again', async () => {
  const before = await getCopy('/')
  log.record(['jug'])
  expect((await get('/')).text).toBe(before.text)
  log.record(['pot'])
  const after = await get('/')
  expect(after.text).toContain('run(2)')
})

test('the cache is bypassed while the listener is not connected', async () => {
  await getCopy('/')
  isListening = false
  expect((await get('/')).text).toBe('made for one')
})

test('a page that changed while it was rendered is not cached', async () => {
  duringRender = () => log.record(['pot'])
  for (let times = 0; times < 3; times += 1) await get('/')
  expect(made).toHaveLength(3)
})

test('concurrent requests share a rendering, unless it began before a change', async () => {
  let goOn = () => {}
  duringRender = () => new Promise<void>((resolve) => (goOn = resolve))
  const first = get('/')
  await expect.poll(() => made.length).toBe(1)
  const others = [get('/'), get('/'), get('/')]
  const late = new Promise((resolve) => setImmediate(resolve))
  await late
  log.record(['pot'])
  duringRender = () => {}
  goOn()
  expect((await first).text).toContain('run(1)')
  for (const { text } of await Promise.all(others)) expect(text).toContain('run(2)')
  expect(made).toHaveLength(2)
})

test.each<[string, { status?: number; headers?: Record<string, string> }]>([
  ['an answer with a cookie', { headers: { 'set-cookie': 'a=b' } }],
  ['a page that is not there', { status: 404 }],
  ['a fault', { status: 500 }],
])('%s is not cached', async (_, answer) => {
  answerOf = () => answer
  for (let times = 1; times <= 4; times += 1) {
    const { status, headers } = await get('/')
    expect(status).toBe(answer.status ?? 200)
    expect(headers.etag).toBeUndefined()
    expect(made).toHaveLength(times)
  }
})

test.each([301, 202])('a redirect (%d) is answered by Remix from the request itself', async (status) => {
  answerOf = () => ({ status, headers: { location: '/products/jug' } })
  for (let times = 0; times < 2; times += 1)
    expect(await get('/products/pot?utm_source=x')).toMatchObject({ status: 200, text: 'made for one' })
})

test('private pages and pages with a toast are not cached', async () => {
  for (const path of ['/cart', '/admin', '/search?q=a']) expect((await get(path)).text).toBe('made for one')
  expect((await get('/', { cookie: 'toast=x' })).text).toBe('made for one')
  expect(made).toEqual([])
})

test('made-up filters evict no page and are cached only on the second request', async () => {
  const text = 'x'.repeat(200_000)
  answerOf = () => ({ text })
  await getCopy('/')
  await getCopy('/products/pot')
  const real = made.length
  for (let index = 0; index < 300; index += 1)
    for (const path of ['/collections/all', '/products/pot'])
      await get(`${path}?filter.p.tag=${index}&option1=${index}&page=${index + 2}`, {
        cookie: `_ga=${index}`,
        host: `evil${index}.example`,
      })
  const hostile = made.length
  expect(hostile - real).toBe(600)
  await get('/')
  await get('/products/pot')
  expect(made).toHaveLength(hostile)
}, 60_000)
