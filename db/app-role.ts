/** The privileges of the app's role: reading and writing rows. Granted by the owner of the tables, after migrating. */
import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { db } from './client.ts'

/** Append-only tables. */
const appendOnly = ['audit_log', 'stock_ledger', 'invoices', 'marketing_consents']

/** Role and password of a database URL; null when the URL names no role. */
export function parseRole(url: string): { name: string; password: string } | null {
  const { username, password } = new URL(url)
  return username ? { name: decodeURIComponent(username), password: decodeURIComponent(password) } : null
}

/**
 * Creates the role named in the shop's own database URL, if it does not exist. Throws with the statement to run where
 * the owner may not create roles. An existing role keeps its password.
 */
export async function createRoleIfMissing(
  owner: postgres.Sql,
  { name, password }: { name: string; password: string },
) {
  const [is] = await owner<{ there: boolean; allowed: boolean; statement: string }[]>`
    select exists (select from pg_roles where rolname = ${name}) as there, rolsuper or rolcreaterole as allowed,
      format('create role %I login password %L', ${name}::text, ${password || null}::text) as statement
    from pg_roles where rolname = current_user`
  if (!is || is.there) return
  if (!is.allowed)
    throw new Error(
      `The role "${name}" of DATABASE_URL does not exist, and the role of DATABASE_OWNER_URL may not create it: ` +
        `CREATE ROLE "${name}" LOGIN PASSWORD '...'`,
    )
  await owner.unsafe(is.statement).catch(ignoreDuplicateRole)
}

/**
 * Grants the role read and write access to the owner's tables in `public` and `pgboss` and nothing else: no tables of
 * its own, no triggers, no TRUNCATE, and insert only on append-only tables. Tables of later migrations are included as
 * soon as they exist.
 */
export async function grantToApp(owner: postgres.Sql, app: string): Promise<void> {
  await owner.begin(async (tx) => {
    const role = tx(app)
    await tx`revoke create on schema public from public`
    await tx`grant usage on schema public, pgboss, drizzle to ${role}`
    await tx`grant select on drizzle.__drizzle_migrations to ${role}`
    await tx`alter default privileges in schema public, pgboss
      grant select, insert, update, delete on tables to ${role}`
    await tx`alter default privileges in schema public, pgboss grant usage, select on sequences to ${role}`
    const [all] = await tx<{ statements: string }[]>`
      select string_agg(format('revoke all on %1$s from %3$I; grant %2$s on %1$s to %3$I', name, privileges, ${app}::text), ';') as statements
      from (
        select case relkind when 'S' then 'sequence ' else 'table ' end || oid::regclass as name,
          case when relkind = 'S' then 'usage, select'
            when oid in (select to_regclass(name) from unnest(${appendOnly}::text[]) as name) then 'select, insert'
            else 'select, insert, update, delete' end as privileges
        from pg_class
        where relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace) and relkind in ('r', 'p', 'v', 'S')
          and pg_has_role(relowner, 'usage')
      ) owned`
    await tx.unsafe(all!.statements)
  })
}

/** The role of the pool and its database, when it is a superuser or owns tables; otherwise null. */
export async function findPrivilegedRole(): Promise<{ role: string; database: string } | null> {
  const [found] = await db.execute<{ role: string; database: string }>(sql`
    select current_user as role, current_database() as database from pg_roles
    where rolname = current_user and (rolsuper or exists (
      select from pg_class where relnamespace = 'public'::regnamespace and pg_has_role(relowner, 'usage')))`)
  return found ?? null
}

/** Ignores the race of two owners that start at once, on other databases of one server. */
function ignoreDuplicateRole(error: { code?: string }) {
  if (error.code !== '42710' && error.code !== '23505') throw error
}
