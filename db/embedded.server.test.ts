import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onDatabase } from '#tests/support/scratch.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'till-embedded-'))
})
afterAll(() => rm(dataDir, { recursive: true }))

const inHome = (name: string) => path.join(dataDir, 'postgres', name)

async function ownersAndRows(superuserUrl: string) {
  return onDatabase(superuserUrl, async (sql) => {
    const owners = await sql<{ owner: string }[]>`
      select distinct pg_get_userbyid(owner) as owner from (
        select oid, relowner as owner, relnamespace as space from pg_class
        union all select oid, proowner, pronamespace from pg_proc
        union all select oid, typowner, typnamespace from pg_type
        union all select oid, nspowner, oid from pg_namespace where nspname <> 'public'
        union all select oid, datdba, 'public'::regnamespace from pg_database where datname = current_database()
      ) things where space in (select oid from pg_namespace where nspname in ('public', 'pgboss', 'drizzle', 'kept'))
        and oid not in (select objid from pg_depend where deptype = 'e')`
    const products = await sql<{ handle: string }[]>`select handle from products`
    return { owners: owners.map(({ owner }) => owner), products: products.map(({ handle }) => handle) }
  })
}

test('each role has a random password, which only the user of PostgreSQL can read and which is kept', async () => {
  const first = await startEmbedded(dataDir)
  const second = await startEmbedded(dataDir)
  const addresses = [first.url, first.ownerUrl, first.superuserUrl].map((url) => new URL(url))
  expect(addresses.map(({ username }) => username)).toEqual(['till_app', 'till_owner', 'till'])
  expect(new Set(addresses.map(({ password }) => password)).size).toBe(3)
  for (const [index, name] of ['app-password', 'owner-password', 'password'].entries()) {
    expect(addresses[index]!.password).toBe(await readFile(inHome(name), 'utf8'))
    expect(addresses[index]!.password).toMatch(/^[\w-]{32}$/)
    expect((await stat(inHome(name))).mode & 0o777).toBe(0o600)
    expect((await stat(inHome(name))).uid).toBe((await stat(inHome('data'))).uid)
  }
  expect([second.url, second.ownerUrl]).toEqual([first.url, first.ownerUrl])
  await second.stop()
  await first.stop()
})

test('data from before there were roles is transferred to the owner at the next start, all of it', async () => {
  const before = await startEmbedded(dataDir)
  await migrate(before.ownerUrl, before.url)
  await onDatabase(before.ownerUrl, async (sql) => {
    await sql`insert into products (handle, title, status, published_at) values ('lamp', 'Lamp', 'active', now())`
    await sql`create schema kept`
    await sql`create domain kept.count as int check (value > 0)`
    await sql`create view kept.titles as select title from products`
    await sql`create table kept.numbered (id serial, of kept.count)`
    await sql`create sequence kept.free`
  })
  // The old state: everything belongs to the one superuser, and there is no other role.
  await onDatabase(before.superuserUrl, async (sql) => {
    await sql`alter database till owner to till`
    await sql`reassign owned by till_owner to till`
    await sql`drop owned by till_app, till_owner`
    await sql`drop role till_app, till_owner`
  })
  expect(await ownersAndRows(before.superuserUrl)).toEqual({ owners: ['till'], products: ['lamp'] })
  await before.stop()
  for (const name of ['app-password', 'owner-password']) await rm(inHome(name))

  // Two at once, like web and worker processes.
  const [after, other] = await Promise.all([startEmbedded(dataDir), startEmbedded(dataDir)])
  expect(await ownersAndRows(after.superuserUrl)).toEqual({ owners: ['till_owner'], products: ['lamp'] })
  await Promise.all([migrate(after.ownerUrl, after.url), migrate(other.ownerUrl, other.url)])
  const read = await onDatabase(after.url, (sql) => sql`select handle from products`)
  expect(read).toEqual([{ handle: 'lamp' }])
  await other.stop()
  await after.stop()
})
