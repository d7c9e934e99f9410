/** The two roles of the embedded PostgreSQL besides its superuser, and the database that one of them owns. */
import { randomBytes } from 'node:crypto'
import { chown, link, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import postgres from 'postgres'

/** `home` is the directory of the password files, `owner` the user they belong to when Till runs as root. */
type Place = { home: string; owner: { uid: number; gid: number } | undefined }

/**
 * Held while roles and the database are created, so that of several processes starting at once only one creates them.
 */
const preparing = 20_260_003

export const ownerRole = 'till_owner'
export const appRole = 'till_app'

/**
 * Creates the owner (it owns the database and migrates), the app's role (it owns nothing), each with a random password
 * in a file that only PostgreSQL's user can read, and the database `till`. A database that still belongs to the
 * superuser, from before there were roles, is transferred to the owner with all its objects. `superuser` is one
 * connection to the database `postgres`. Returns the passwords.
 */
export async function prepareRoles(
  place: Place,
  superuser: postgres.Sql,
  superuserUrl: string,
): Promise<{ owner: string; app: string }> {
  await superuser`select pg_advisory_lock(${preparing})`
  try {
    const passwords = {
      owner: await loadOrCreatePassword(place, 'owner-password'),
      app: await loadOrCreatePassword(place, 'app-password'),
    }
    await makeRole(superuser, ownerRole, passwords.owner)
    await makeRole(superuser, appRole, passwords.app)
    const [found] = await superuser<{ owner: string }[]>`
      select pg_get_userbyid(datdba) as owner from pg_database where datname = 'till'`
    if (!found) await superuser`create database till owner ${superuser(ownerRole)}`
    else if (found.owner !== ownerRole) await transferOwnership(superuserUrl)
    return passwords
  } finally {
    await superuser`select pg_advisory_unlock(${preparing})`
  }
}

/** At each start, so that the role has the password of the file and exactly these rights. */
async function makeRole(superuser: postgres.Sql, name: string, password: string) {
  const [found] = await superuser`select from pg_roles where rolname = ${name}`
  await superuser.unsafe(
    `${found ? 'alter' : 'create'} role ${name} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
      password '${password}'`,
  )
}

async function transferOwnership(superuserUrl: string) {
  const till = postgres(superuserUrl, { max: 1, fetch_types: false, onnotice: () => {} })
  try {
    await till.begin(async (tx) => {
      const [all] = await tx.unsafe<{ statements: string | null }[]>(changesOfOwner)
      await tx.unsafe(`${all?.statements ?? ''}; alter database till owner to ${ownerRole}`)
    })
  } finally {
    await till.end({ timeout: 5 })
  }
}

/**
 * REASSIGN OWNED refuses the superuser that initdb created, so each object is listed. Objects of extensions are
 * excluded; sequences of columns, indexes and row types follow their table, and `public` belongs to the owner of the
 * database.
 */
const changesOfOwner = `
  with ours as (
    select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
  ), things (statement, class, oid) as (
    select format('alter schema %I owner to ${ownerRole}', nspname), 'pg_namespace'::regclass, oid
    from pg_namespace where oid in (select oid from ours) and nspname <> 'public'
    union all
    select format('alter table %s owner to ${ownerRole}', oid::regclass), 'pg_class'::regclass, oid
    from pg_class c where relnamespace in (select oid from ours) and relkind in ('r', 'p', 'v', 'm', 'S')
      and not exists (select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i') and relkind = 'S')
    union all
    select format('alter routine %s owner to ${ownerRole}', oid::regprocedure), 'pg_proc'::regclass, oid
    from pg_proc where pronamespace in (select oid from ours)
    union all
    select format('alter type %s owner to ${ownerRole}', oid::regtype), 'pg_type'::regclass, oid
    from pg_type where typnamespace in (select oid from ours) and typtype in ('e', 'd')
  )
  select string_agg(statement, ';') as statements from things
  where not exists (select from pg_depend d
    where d.classid = things.class and d.objid = things.oid and d.deptype = 'e')`

async function loadOrCreatePassword({ home, owner }: Place, name: string) {
  const file = path.join(home, name)
  const draft = `${file}.${process.pid}`
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  try {
    await writeFile(draft, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (owner) await chown(draft, owner.uid, owner.gid)
    await link(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
  return (await readFile(file, 'utf8')).trim()
}
