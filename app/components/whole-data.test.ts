import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDataWhole } from './whole-data.ts'

/** Sends the head of an answer; the test sends its body. */
const server = createServer((_, response) => response.writeHead(202, { 'x-kept': 'yes' }).flushHeaders())
const fetchWhole = readDataWhole(fetch)
let origin = ''

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

async function headSent(): Promise<ServerResponse> {
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse]
  return response
}

test('a request for data that is aborted during its body is rejected itself', async () => {
  const navigation = new AbortController()
  const head = headSent()
  const headRead = Promise.withResolvers<void>()
  const answer = readDataWhole(async (input, init) => {
    const response = await fetch(input, init)
    headRead.resolve()
    return response
  })(`${origin}/admin.data`, { signal: navigation.signal })
  ;(await head).write('{')
  await headRead.promise
  navigation.abort()
  await expect(answer).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
})

test('data arrives with its status and headers', async () => {
  const head = headSent()
  const answer = fetchWhole(`${origin}/admin.data?index`)
  ;(await head).end('{}')
  const { status, headers } = await answer
  expect([status, headers.get('x-kept'), await (await answer).text()]).toEqual([202, 'yes', '{}'])
})

test('other answers are streamed', async () => {
  const head = headSent()
  const { body } = await fetchWhole(`${origin}/export.csv`)
  expect(body).not.toBeNull()
  ;(await head).end()
})
