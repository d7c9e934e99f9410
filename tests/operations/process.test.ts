import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { db } from '#db/client.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { databaseAt } from '#tests/support/scratch.ts'
import { createTcpProxy, stopLeftoverTills, startTill, type Till } from '#tests/support/till.ts'
import { buildIfStale } from '../../scripts/build-if-stale.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 })

const SESSION_SECRET = 's'.repeat(32)

beforeAll(buildIfStale)
afterAll(stopLeftoverTills)

/** One line on standard error, exit code 1, and no stack. */
async function expectRefusal(till: Till, pattern: RegExp) {
  expect(await till.ended).toBe(1)
  expect(till.output()).toMatch(pattern)
  expect(till.output().trimEnd().split('\n')).toHaveLength(1)
}

describe('a failed start prints one clear line', () => {
  test('for an invalid setting, with an example', async () => {
    await expectRefusal(await startTill({ PORT: '99999' }), /PORT must be .*PORT=3000/)
  })

  test('for a port in use, with another one', async () => {
    const other = createServer().listen(0)
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    await expectRefusal(
      await startTill({ PORT: String(port) }),
      new RegExp(`Port ${port} is already in use.*PORT=${port + 1}`),
    )
    other.close()
  })

  test('for a wrong password, at once and without showing it', async () => {
    const wrong = new URL(databaseUrl)
    wrong.password = 'wrong-password'
    const till = await startTill({ DATABASE_URL: wrong.toString(), SESSION_SECRET })
    await expectRefusal(till, /wrong user or password/)
    expect(till.output()).not.toContain('wrong-password')
  })

  test('for a database that does not exist', async () => {
    const missing = new URL(databaseUrl)
    missing.pathname = '/nowhere'
    await expectRefusal(
      await startTill({ DATABASE_URL: missing.toString(), SESSION_SECRET }),
      /names a database that does not exist/,
    )
  })
})

test('two processes starting on an empty database migrate it once', async () => {
  const name = 'two_at_once'
  const server = postgres(inject('serverUrl'), { max: 1, onnotice: () => {} })
  const [url, ownerUrl] = [databaseAt(databaseUrl, name), databaseAt(inject('ownerUrl'), name)]
  await server`create database ${server(name)} owner ${server(new URL(ownerUrl).username)}`
  const settings = { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, SESSION_SECRET }
  const tills = await Promise.all([startTill(settings), startTill(settings)])
  await Promise.all(tills.map(({ says }) => says(/Till is running/)))
  const own = postgres(url, { max: 1 })
  const [applied] = await own`select count(*)::int as count from drizzle.__drizzle_migrations`
  await own.end()
  const files = (await readdir('drizzle')).filter((file) => file.endsWith('.sql'))
  expect(applied?.count).toBe(files.length)
  for (const { child } of tills) child.kill('SIGTERM')
  expect(await Promise.all(tills.map(({ ended }) => ended))).toEqual([0, 0])
  await server`drop database ${server(name)} with (force)`
  await server.end()
})

test('a shop whose role owns the tables starts with a warning that says how to change it; another role gets none', async () => {
  const start = async (url: string) => {
    const till = await startTill({ DATABASE_URL: url, SESSION_SECRET, LOG_LEVEL: 'warn' })
    await till.says(/Till is running/)
    till.child.kill('SIGTERM')
    expect(await till.ended).toBe(0)
    return till.output()
  }
  const name = new URL(databaseUrl).pathname.slice(1)
  for (const url of [inject('ownerUrl'), inject('serverUrl')])
    expect(await start(databaseAt(url, name))).toMatch(
      /"level":"warn".*CREATE ROLE till_app LOGIN PASSWORD.*GRANT CONNECT ON DATABASE.*DATABASE_OWNER_URL/,
    )
  expect(await start(databaseUrl)).not.toContain('"level":"warn"')
})

test('npm run migrate prepares a database for a shop without the owner’s credentials', async () => {
  const name = 'prepared'
  const server = postgres(inject('serverUrl'), { max: 1, onnotice: () => {} })
  const [url, ownerUrl] = [databaseAt(databaseUrl, name), databaseAt(inject('ownerUrl'), name)]
  await server`create database ${server(name)} owner ${server(new URL(ownerUrl).username)}`
  const settings = { DATABASE_URL: url, SESSION_SECRET }
  await expectRefusal(await startTill(settings), /must be migrated first.*npm run migrate/)

  const run = promisify(execFile)
  const env = {
    ...settings,
    DATABASE_OWNER_URL: ownerUrl,
    PATH: process.env.PATH,
  } as unknown as NodeJS.ProcessEnv
  const { stdout } = await run(process.execPath, ['scripts/migrate.ts'], { env })
  expect(stdout).toBe('The database is up to date.\n')
  const till = await startTill(settings)
  await till.says(/Till is running/)
  till.child.kill('SIGTERM')
  expect(await till.ended).toBe(0)
  await server`drop database ${server(name)} with (force)`
  await server.end()
})

test('a start waits for an unavailable database, and a running shop recovers from its loss', async () => {
  const proxy = await createTcpProxy(new URL(databaseUrl))
  const till = await startTill({ DATABASE_URL: proxy.url, SESSION_SECRET })
  await waitForResponse(`${till.url}/healthz`, 200)
  expect((await fetch(`${till.url}/readyz`)).status).toBe(503)
  const early = await fetch(till.url)
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1'])

  await proxy.open()
  await till.says(/Till is running/)
  expect((await fetch(`${till.url}/readyz`)).status).toBe(200)
  expect((await fetch(till.url)).status).toBe(200)

  await proxy.shut()
  // With a possible session cookie, because a visitor's page may still be cached.
  const away = await fetch(till.url, { headers: { cookie: `sid=${'a'.repeat(43)}` } })
  expect([away.status, away.headers.get('retry-after')]).toEqual([503, '1'])
  const pattern = await away.text()
  expect(pattern).toContain('Temporarily unavailable')
  expect(pattern).not.toMatch(/ECONN|postgres|stack|at .*\.ts/)
  expect((await fetch(`${till.url}/healthz`)).status).toBe(200)

  await proxy.open()
  const backAt = performance.now()
  await waitForResponse(till.url, 200)
  expect(performance.now() - backAt).toBeLessThan(2_000)
  till.child.kill('SIGTERM')
  expect(await till.ended).toBe(0)
  await proxy.shut()
})

test('SIGTERM lets a running request finish, and accepts no new one', async () => {
  const till = await startTill({ DATABASE_URL: databaseUrl, SESSION_SECRET })
  await till.says(/Till is running/)
  const body = 'email=a%40example.com&password=x'
  const socket = connect(till.port, 'localhost')
  socket.write(
    `POST /login HTTP/1.1\r\nHost: localhost:${till.port}\r\nSec-Fetch-Site: same-origin\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  await waitForResponse(`${till.url}/healthz`, 200)
  till.child.kill('SIGTERM')
  await untilRefused(till.port)
  socket.write(body)
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  expect(answer).toMatch(/^HTTP\/1.1 4\d\d /)
  expect(answer).toMatch(/connection: close/i)
  expect(await till.ended).toBe(0)
})

test('a second signal does not wait', async () => {
  const till = await startTill({ DATABASE_URL: databaseUrl, SESSION_SECRET })
  await till.says(/Till is running/)
  const socket = connect(till.port, 'localhost')
  socket.on('error', () => {})
  socket.write(
    `POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 9\r\n\r\n`,
  )
  await waitForResponse(`${till.url}/healthz`, 200)
  const again = setInterval(() => till.child.kill('SIGINT'), 300)
  expect(await till.ended).toBe(1)
  clearInterval(again)
  expect(till.output()).toContain('Stopping immediately')
})

test('with its own PostgreSQL: killed and restarted, the same data; stopped, no process is left', async () => {
  const DATA_DIR = await mkdtemp(path.join(tmpdir(), 'till-own-'))
  const first = await startTill({ DATA_DIR })
  await first.says(/Till is running/)
  const pid = await postmasterOf(DATA_DIR)
  first.child.kill('SIGKILL')
  expect(await first.ended).toBe('SIGKILL')

  const second = await startTill({ DATA_DIR })
  await second.says(/Till is running/)
  expect(await postmasterOf(DATA_DIR)).toBe(pid)
  second.child.kill('SIGTERM')
  expect(await second.ended).toBe(0)
  await expect(postmasterOf(DATA_DIR)).rejects.toThrow('ENOENT')

  const third = await startTill({ DATA_DIR })
  await third.says(/Till is running/)
  third.child.kill('SIGINT')
  expect(await third.ended).toBe(0)
  await rm(DATA_DIR, { recursive: true })
})

describe('an oversized request', () => {
  let till: Till
  beforeAll(async () => {
    till = await startTill({ DATABASE_URL: databaseUrl, SESSION_SECRET })
    await till.says(/Till is running/)
  })
  afterAll(() => till.child.kill('SIGTERM'))

  const head = (more: string) =>
    `POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n${more}\r\n`
  const urlencoded = 'Content-Type: application/x-www-form-urlencoded\r\n'
  const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`

  test.each([
    ['a declared length of 10 MB', () => head('Content-Length: 10485760\r\n'), 413],
    [
      'a chunked body without end',
      () => head(`${urlencoded}Transfer-Encoding: chunked\r\n`) + chunk.repeat(8),
      413,
    ],
    ['20,000 bytes of headers', () => head(`X-Large: ${'a'.repeat(20_000)}\r\n`), 431],
    ['a URL of 3 KB', () => `GET /${'a'.repeat(3_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 414],
    ['another method', () => 'DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n', 405],
    ['not HTTP at all', () => 'hello\r\n\r\n', 400],
    ['100,000 fields', () => form(`${'a=1&'.repeat(60_000)}`), 400],
    ['an index of millions', () => form('items[5000000]=x'), 400],
    ['1,500 levels', () => form(`${'a.'.repeat(1_500)}b=x`), 400],
    ['a prototype', () => form('a.__proto__.b=x'), 400],
    ['a multipart body without its boundary', () => form('nonsense', 'multipart/form-data; boundary=x'), 400],
    ['JSON', () => form('{"__proto__":{}}', 'application/json'), 400],
  ])('%s', async (_, request, status) => {
    const answer = await send(till.port, request())
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toMatch(/content-security-policy:/i)
    expect(answer).toMatch(/x-request-id: [\da-f]{16}/i)
    expect(answer).not.toMatch(/node_modules|at \w+ \(|select |postgres/i)
    expect((await fetch(`${till.url}/healthz`)).status).toBe(200)
  })

  function form(body: string, type = 'application/x-www-form-urlencoded') {
    return head(`Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n`) + body
  }
})

test('the log contains no password, cookie or token', async () => {
  const till = await startTill({ DATABASE_URL: databaseUrl, SESSION_SECRET, LOG_LEVEL: 'debug' })
  await till.says(/Till is running/)
  await fetch(`${till.url}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin', cookie: 'sid=cookie-of-ann' },
    body: new URLSearchParams({
      email: 'ann@example.com',
      password: 'password-of-ann',
      csrf: 'token-of-ann',
    }),
  })
  till.child.kill('SIGTERM')
  await till.ended
  expect(till.output()).not.toMatch(/of-ann/)
  expect(await db.execute(sql`select 1 as one`)).toHaveLength(1)
})

async function send(port: number, request: string) {
  const socket = connect(port, 'localhost')
  socket.on('error', () => {})
  socket.write(request)
  let answer = ''
  for await (const part of socket) {
    answer += String(part)
    if (answer.includes('</html>')) break
  }
  socket.destroy()
  return answer
}

/** Requests until the response has this status; limited by the test's timeout. */
async function waitForResponse(url: string, status: number) {
  for (;;) {
    const response = await fetch(url).catch(() => null)
    await response?.arrayBuffer()
    if (response?.status === status) return
  }
}

async function untilRefused(port: number) {
  for (;;) {
    const socket = connect(port, 'localhost')
    const refused = await Promise.race([
      once(socket, 'connect').then(() => false),
      once(socket, 'error').then(() => true),
    ]).catch(() => true)
    socket.destroy()
    if (refused) return
  }
}

async function postmasterOf(dataDir: string) {
  const text = await readFile(path.join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')
  return Number(text.split('\n')[0])
}
