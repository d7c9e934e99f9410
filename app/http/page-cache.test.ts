import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPageCache } from './page-cache.ts'

let version: number | null
let made: number
let url: string
let close: () => void
let duringRender: () => void

beforeEach(async () => {
  version = 1
  made = 0
  duringRender = () => {}
  const pages = createPageCache(() => version)
  const app = express()
  app.use((_, response, next) => {
    response.locals.nonce = 'abc+/='
    response.setHeader(
      'content-security-policy',
      "script-src 'self' 'nonce-abc+/=';style-src 'self' 'nonce-abc+/='",
    )
    next()
  })
  app.use(pages.serve, pages.keep)
  app.use((request, response) => {
    made += 1
    duringRender()
    if (request.query.session) response.setHeader('set-cookie', 'sid=1')
    response.status(request.query.missing ? 404 : 200).type('html')
    response.write(`<html><script nonce="abc+/=">run(${made})</script>`)
    response.write('<script>written into a description</script><script data-guess="abc">more()</script>')
    response.end('<style nonce="abc+/=">a{}</style></html>')
  })
  const server = createServer(app).listen(0)
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = () => server.close()
})

afterEach(() => close())

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(url + path, { headers })
  return { response, text: await response.text() }
}

/** Keeping is a step behind the answer: asked again until the page comes from the cache, at most 50 times. */
async function getKept(path: string) {
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await get(path)
    if (answer.response.headers.has('etag')) return answer
  }
  throw new Error('The page was never kept')
}

test('a kept page has hashes instead of nonces and answers 304 to its etag', async () => {
  const { response, text } = await getKept('/collections/all')
  expect(text).not.toContain('nonce')
  expect(response.headers.get('content-security-policy')).toMatch(
    /^script-src 'self' 'sha256-[\w+/]{43}=';style-src 'self' 'sha256-[\w+/]{43}='$/,
  )
  const again = await get('/collections/all', { 'if-none-match': response.headers.get('etag')! })
  expect(again.response.status).toBe(304)
})

test('a change makes the page anew', async () => {
  const before = await getKept('/')
  version = 2
  const after = await get('/')
  expect(after.text).not.toBe(before.text)
  expect(after.response.headers.has('etag')).toBe(false)
})

test('nothing is served while changes are not heard of', async () => {
  await getKept('/')
  version = null
  expect((await get('/')).response.headers.has('etag')).toBe(false)
})

test('a page made while something changed is not kept', async () => {
  duringRender = () => {
    version = version! + 1
  }
  await get('/')
  await get('/')
  await get('/')
  expect(made).toBe(3)
})

test.each(['/?session=1', '/?missing=1', '/cart', '/admin', '/products/pot.data'])(
  '%s is never kept',
  async (path) => {
    for (let times = 1; times <= 4; times += 1) {
      expect((await get(path)).response.headers.has('etag')).toBe(false)
      expect(made).toBe(times)
    }
  },
)

test('a visitor with a cookie gets a page of their own', async () => {
  await getKept('/')
  const { response } = await get('/', { cookie: 'sid=1' })
  expect(response.headers.has('etag')).toBe(false)
})
