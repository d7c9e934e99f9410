import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import {
  createRedirect,
  deleteRedirect,
  getRedirect,
  listRedirects,
  updateRedirect,
} from './edit-redirects.server.ts'
import { findRedirect } from './find-redirect.server.ts'
import { importRedirects } from './import-redirects.server.ts'
import { db } from '#db/client.ts'
import { auditLog, pages, redirects } from '#db/schema/index.ts'
import { anyUser as by, createProduct } from '#tests/support/cast.ts'

const add = (path: string, target: string) => createRedirect({ path, target, by })

const find = (path: string) => findRedirect(new URL(path, 'http://shop.example'))

async function idOf(path: string): Promise<number> {
  const [row] = await db.select({ id: redirects.id }).from(redirects).where(eq(redirects.path, path))
  return row!.id
}

async function* bytesOf(...chunks: string[]) {
  for (const chunk of chunks) yield new TextEncoder().encode(chunk)
}

const importText = (text: string) => importRedirects(bytesOf(text), by)

test('a redirect is found in every spelling of its path, and keeps the query string', async () => {
  expect(await add('/Old-Page', '/new?from=old')).toEqual({ ok: true, isInUse: false })
  expect(await find('/old-page')).toBe('/new?from=old')
  expect(await find('/OLD-page/?utm_source=x')).toBe('/new?from=old&utm_source=x')
  expect(await find('/old-page/more')).toBeNull()
  expect(await find('/a%00b')).toBeNull()
})

test('createRedirect refuses a second one for a path, also at the same time', async () => {
  const results = await Promise.all([add('/twice', '/one'), add('/TWICE/', '/two')])
  expect(results.map((result) => result.ok).sort()).toEqual([false, true])
  expect(results.find((result) => !result.ok)).toEqual({ ok: false, reason: 'taken' })
})

test('redirects that lead back to themselves are refused, also when they are saved at the same time', async () => {
  expect(await add('/self', '/Self/?a=1')).toEqual({ ok: false, reason: 'same-address' })
  await add('/loop-a', '/loop-b')
  await add('/loop-b', '/loop-c')
  expect(await add('/loop-c', '/loop-a?x=1')).toEqual({ ok: false, reason: 'loop' })
  const both = await Promise.all([add('/now-a', '/now-b'), add('/now-b', '/now-a')])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  // An edit counts without the redirect's former addresses.
  const id = await idOf('/loop-b')
  expect(await updateRedirect({ id, version: 1, path: '/loop-b', target: '/loop-a', by })).toEqual({
    ok: false,
    reason: 'loop',
  })
  expect(await updateRedirect({ id, version: 1, path: '/loop-d', target: '/loop-a', by })).toMatchObject({
    ok: true,
  })
})

test('a chain has at most 10 redirects, whichever end it grows at', async () => {
  for (let step = 1; step <= 10; step += 1)
    expect(await add(`/chain-${step}`, `/chain-${step + 1}`)).toMatchObject({ ok: true })
  expect(await add('/chain-11', '/chain-12')).toEqual({ ok: false, reason: 'long-chain' })
  expect(await add('/chain-0', '/chain-1')).toEqual({ ok: false, reason: 'long-chain' })
  expect(await add('/chain-0', '/chain-2')).toMatchObject({ ok: true })
})

test('updateRedirect refuses a stale version and a deleted redirect', async () => {
  await add('/edited', '/one')
  const id = await idOf('/edited')
  const change = { id, version: 1, path: '/edited', target: '/two', by }
  expect(await updateRedirect(change)).toMatchObject({ ok: true })
  expect(await updateRedirect(change)).toEqual({ ok: false, reason: 'stale' })
  expect(await getRedirect(id)).toMatchObject({ target: '/two', version: 2 })
  await deleteRedirect(id, by)
  expect(await updateRedirect({ ...change, version: 2 })).toEqual({ ok: false, reason: 'not-found' })
  expect(await find('/edited')).toBeNull()
})

test('staff are told when a page is at the old address', async () => {
  const { handle } = await createProduct()
  expect(await add(`/products/${handle}`, '/new')).toEqual({ ok: true, isInUse: true })
  expect(await add('/collections/all', '/new')).toEqual({ ok: true, isInUse: true })
  const [terms, draft] = ['terms-of-service', 'legal-notice'] as const
  for (const handle of [terms, draft])
    await db.insert(pages).values({
      kind: 'policy',
      handle,
      title: 'x',
      body: '',
      publishedAt: handle === terms ? new Date(0) : null,
    })
  expect(await add('/policies/Terms-of-Service', '/new')).toEqual({ ok: true, isInUse: true })
  expect(await add('/pages/terms-of-service', '/new')).toEqual({ ok: true, isInUse: false })
  expect(await add('/policies/legal-notice', '/new')).toEqual({ ok: true, isInUse: false })
})

test('the list is searched by both addresses', async () => {
  await add('/needle-one', '/x')
  await add('/other', '/needle_two')
  const found = async (query: string) =>
    (await listRedirects({ query, page: 1 })).redirects.map(({ path }) => path)
  expect(await found('Needle')).toEqual(['/other', '/needle-one'])
  expect(await found('needle_')).toEqual(['/other'])
})

test('an import adds, changes and counts', async () => {
  await add('/kept', '/same')
  await add('/changed', '/before')
  const file =
    '\ufeffRedirect from;Redirect to\r\n/kept;/same\r\n/changed;/after\r\n\r\n/added;https://other.example/\r\n/ADDED;https://other.example/\r\n'
  expect(await importText(file)).toEqual({ ok: true, added: 1, changed: 1, unchanged: 1 })
  expect(await find('/added')).toBe('https://other.example/')
  expect(await getRedirect(await idOf('/changed'))).toMatchObject({ target: '/after', version: 2 })
  expect(await getRedirect(await idOf('/kept'))).toMatchObject({ version: 1 })
})

test('an import with a bad row writes nothing and names each of its lines', async () => {
  const file = `Redirect from,Redirect to
/good,/fine
/bad,nowhere
/cart,/fine
"/quoted
line",/fine
/good,/other
/a,/a
,/fine
`
  expect(await importText(file)).toEqual({
    ok: false,
    reason: 'rows',
    count: 5,
    problems: [
      { line: 3, path: '/bad', reason: 'invalid-target' },
      { line: 4, path: '/cart', reason: 'protected' },
      { line: 7, path: '/good', reason: 'twice' },
      { line: 8, path: '/a', reason: 'same-address' },
      { line: 9, path: '', reason: 'no-path' },
    ],
  })
  expect(await find('/good')).toBeNull()
})

test('an import refuses loops among its rows and with redirects that exist', async () => {
  await add('/existing', '/imported-b')
  const file =
    'Redirect from,Redirect to\n/imported-a,/imported-c\n/imported-c,/imported-a\n/imported-b,/existing\n'
  const result = await importText(file)
  expect(result).toMatchObject({ ok: false, reason: 'rows' })
  expect(
    !result.ok && result.reason === 'rows' && result.problems.map(({ line, path }) => [path, line]),
  ).toEqual([
    ['/existing', null],
    ['/imported-a', 2],
    ['/imported-b', 4],
    ['/imported-c', 3],
  ])
  // A row that replaces a redirect of the loop breaks it.
  expect(await importText('Redirect from,Redirect to\n/existing,/x\n/imported-b,/existing\n')).toMatchObject({
    ok: true,
  })
})

test('files that are no list of redirects are refused', async () => {
  expect(await importText('')).toEqual({ ok: false, reason: 'empty' })
  expect(await importText('Redirect from,Redirect to\n')).toEqual({ ok: false, reason: 'empty' })
  expect(await importText('Handle,Title\nmug,Mug\n')).toEqual({ ok: false, reason: 'no-columns' })
  expect(await importText('PK\u0003\u0004')).toMatchObject({ ok: false, reason: 'unreadable' })
  expect(await importText('Redirect from,Redirect to\n"/a,/b\n')).toMatchObject({ reason: 'unreadable' })
  const rows = Array.from({ length: 10_001 }, (_, index) => `/many-${index},/x\n`)
  expect(await importText(`Redirect from,Redirect to\n${rows.join('')}`)).toEqual({
    ok: false,
    reason: 'too-many-rows',
  })
})

test('10,000 redirects are imported with one audit entry for each', async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => `/bulk-${index},/products/bulk-${index}\n`)
  expect(await importRedirects(bytesOf('Redirect from,Redirect to\n', ...rows), by)).toEqual({
    ok: true,
    added: 10_000,
    changed: 0,
    unchanged: 0,
  })
  expect(await find('/bulk-9999')).toBe('/products/bulk-9999')
  const { action, changes } = auditLog
  expect(
    await db.select({ action, changes }).from(auditLog).where(eq(auditLog.label, '/bulk-7')),
  ).toMatchObject([
    { action: 'insert', changes: { path: [null, '/bulk-7'], target: [null, '/products/bulk-7'] } },
  ])
})
