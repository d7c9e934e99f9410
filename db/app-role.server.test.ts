import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createProduct, createShop } from '#tests/support/cast.ts'
import { databaseUrl, superuserUrl } from '#tests/support/database.ts'
import { databaseAt, onDatabase } from '#tests/support/scratch.ts'
import { findPrivilegedRole, grantToApp, parseRole } from './app-role.ts'
import { db } from './client.ts'
import { migrate, prepareDatabase } from './migrate.ts'

const app = parseRole(databaseUrl)!.name
const owner = parseRole(inject('ownerUrl'))!.name

const asApp = <T>(work: (sql: postgres.Sql) => Promise<T>) => onDatabase(databaseUrl, work)

test('the app’s role is no superuser, creates nothing and is a member of nothing', async () => {
  const [role] = await db.execute(sql`
    select rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
      (select count(*)::int from pg_auth_members where member = pg_roles.oid) as memberships
    from pg_roles where rolname = current_user`)
  expect(role).toEqual({
    rolname: app,
    rolsuper: false,
    rolcreatedb: false,
    rolcreaterole: false,
    rolreplication: false,
    rolbypassrls: false,
    memberships: 0,
  })
  expect(await findPrivilegedRole()).toBeNull()
})

test('the app’s role owns nothing; the owner, who is no superuser either, owns all our objects', async () => {
  const objects = await db.execute<{ kind: string; owner: string; count: number }>(sql`
    with ours as (select oid from pg_namespace where nspname in ('public', 'pgboss', 'drizzle')),
    things as (
      select 'relation' as kind, oid, relowner as owner from pg_class where relnamespace in (select oid from ours)
      union all select 'routine', oid, proowner from pg_proc where pronamespace in (select oid from ours)
      union all select 'type', oid, typowner from pg_type where typnamespace in (select oid from ours)
      union all select 'schema', oid, nspowner from pg_namespace where nspname in ('pgboss', 'drizzle')
      union all select 'database', oid, datdba from pg_database where datname = current_database()
    )
    select kind, pg_get_userbyid(owner) as owner, count(*)::int from things
    where oid not in (select objid from pg_depend where deptype = 'e') group by 1, 2 order by 1`)
  expect(objects.map((object) => [object.kind, object.owner])).toEqual([
    ['database', owner],
    ['relation', owner],
    ['routine', owner],
    ['schema', owner],
    ['type', owner],
  ])
  const [counted] = await db.execute<{ owned: number }>(
    sql`select count(*)::int as owned from pg_shdepend where refobjid = ${app}::regrole and deptype = 'o'`,
  )
  expect(counted!.owned).toBe(0)
  const [role] = await db.execute(sql`select rolsuper from pg_roles where rolname = ${owner}`)
  expect(role).toEqual({ rolsuper: false })
})

const forbidden = [
  'create table mine (id int)',
  'create table pgboss.mine (id int)',
  'create schema mine',
  "create function mine() returns int language sql as 'select 1'",
  'create extension citext',
  'drop table sessions',
  'alter table users add column mine int',
  'alter table users disable trigger all',
  'alter table audit_log disable trigger audit_log_append_only',
  'create trigger mine before insert on users for each row execute function audit_log_is_append_only()',
  'drop trigger audit_log_append_only on audit_log',
  'create or replace function audit_log_is_append_only() returns trigger language plpgsql as $$ begin return null; end $$',
  'alter function audit_rows() owner to current_user',
  'create index mine on users (name)',
  'truncate orders cascade',
  'set session_replication_role = replica',
  "update audit_log set actor_name = 'Eve'",
  'delete from audit_log',
  'update stock_ledger set balance = 0',
  'delete from stock_ledger',
  'update invoices set total = 0',
  "update marketing_consents set text = ''",
  'delete from marketing_consents',
  'delete from invoices',
  'update invoice_counters set last = last + 2',
  'delete from invoice_counters',
  'delete from drizzle.__drizzle_migrations',
  'alter role current_user createdb',
  'create role mine superuser',
  `set role ${owner}`,
  "copy users to program 'cat'",
  "select pg_read_file('/etc/passwd')",
]

test.each(forbidden)('the app may not: %s', async (statement) => {
  await expect(asApp((sql) => sql.unsafe(statement))).rejects.toMatchObject({ code: '42501' })
})

test('the app may read and write all other tables, and only read and insert into append-only ones', async () => {
  const rights = await db.execute<{ name: string; rights: string }>(sql`
    select oid::regclass::text as name, concat_ws(',',
      case when has_table_privilege(oid, 'select') then 'select' end,
      case when has_table_privilege(oid, 'insert') then 'insert' end,
      case when has_table_privilege(oid, 'update') then 'update' end,
      case when has_table_privilege(oid, 'delete') then 'delete' end,
      case when has_table_privilege(oid, 'truncate,references,trigger') then 'more' end) as rights
    from pg_class where relkind in ('r', 'p') and relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace)`)
  const others = rights.filter(({ rights }) => rights !== 'select,insert,update,delete')
  expect(rights.length).toBeGreaterThan(40)
  expect(others.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'audit_log', rights: 'select,insert' },
    { name: 'invoices', rights: 'select,insert' },
    { name: 'marketing_consents', rights: 'select,insert' },
    { name: 'stock_ledger', rights: 'select,insert' },
  ])
})

test('rows referenced by the ledger can be deleted, because the database updates the ledger itself', async () => {
  await createShop()
  const { productId, variantId } = await createProduct({ stock: 3 })
  await db.execute(sql`delete from products where id = ${productId}`)
  const left = await db.execute(sql`select from stock_ledger where variant_id = ${variantId}`)
  expect(left).toHaveLength(0)
})

test('a table that the owner creates later is accessible to the app at once', async () => {
  await onDatabase(databaseAt(inject('ownerUrl'), new URL(databaseUrl).pathname.slice(1)), async (sql) => {
    await sql`create table later (id bigint generated always as identity, number serial, note text)`
    await sql`create table pgboss.later (id serial)`
  })
  await asApp(async (sql) => {
    await sql`insert into later (note) values ('one')`
    await sql`update later set note = 'two'`
    expect(await sql`delete from later returning note`).toEqual([{ note: 'two' }])
    await sql`insert into pgboss.later default values`
  })
  await onDatabase(superuserUrl, (sql) => sql`drop table later, pgboss.later`)
})

describe('a database without the role', () => {
  const name = `roles_${randomUUID().slice(0, 8)}`
  const newcomer = `app_${randomUUID().slice(0, 8)}`
  const ownerUrl = databaseAt(inject('ownerUrl'), name)
  const appUrl = Object.assign(new URL(databaseAt(databaseUrl, name)), {
    username: newcomer,
    password: encodeURIComponent("it's $1 and 100%"),
  }).toString()
  const server = <T>(work: (sql: postgres.Sql) => Promise<T>) => onDatabase(inject('serverUrl'), work)

  beforeAll(() => server((sql) => sql`create database ${sql(name)} owner ${sql(owner)}`))
  afterAll(() =>
    server(async (sql) => {
      await sql`drop database ${sql(name)} with (force)`
      await sql`drop role if exists ${sql(newcomer)}`
    }),
  )

  test('is refused by a role that may not migrate, with a message that says what to do', async () => {
    await expect(prepareDatabase({ databaseUrl: databaseAt(databaseUrl, name) })).rejects.toThrow(
      /must be migrated first.*DATABASE_OWNER_URL/,
    )
  })

  test('gets the role from an owner who may create roles, and a statement to run from another', async () => {
    await expect(migrate(ownerUrl, appUrl)).rejects.toThrow(`CREATE ROLE "${newcomer}" LOGIN PASSWORD`)
    await server((sql) => sql`alter role ${sql(owner)} createrole`)
    try {
      await migrate(ownerUrl, appUrl)
    } finally {
      await server((sql) => sql`alter role ${sql(owner)} nocreaterole`)
    }
    const who = await onDatabase(
      appUrl,
      (sql) => sql`select current_user as role, count(*)::int from products`,
    )
    expect(who).toEqual([{ role: newcomer, count: 0 }])
  })

  test('once migrated, needs no rights to migrate', async () => {
    await expect(prepareDatabase({ databaseUrl: appUrl })).resolves.toBeUndefined()
    await onDatabase(
      ownerUrl,
      (sql) => sql`delete from drizzle.__drizzle_migrations
      where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`,
    )
    await expect(prepareDatabase({ databaseUrl: appUrl })).rejects.toThrow(/must be migrated first/)
  })

  test('with tables of another owner is granted without them', async () => {
    await onDatabase(
      databaseAt(inject('serverUrl'), name),
      (sql) => sql`create table public.foreign_backup (id int)`,
    )
    await onDatabase(ownerUrl, (sql) => grantToApp(sql, newcomer))
    const [right] = await onDatabase(
      appUrl,
      (sql) => sql`select has_table_privilege('foreign_backup', 'select') as may`,
    )
    expect(right).toEqual({ may: false })
  })
})
