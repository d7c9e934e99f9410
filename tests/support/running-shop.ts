import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

export type RunningShop = {
  origin: string
  /** What the start printed for the owner to be; null once the shop is claimed. */
  setupLink: string | null
  pid: number
  /** Everything the server has written so far. */
  output(): string
  stop(): Promise<void>
}

/**
 * Starts the built shop as a process of its own on a free port, and waits until it says that it is open. Give it
 * a folder for its own PostgreSQL, or the address of a database.
 */
export async function startShop(
  where: { dataDir: string } | { databaseUrl: string },
  settings: Record<string, string> = {},
): Promise<RunningShop> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const place: Record<string, string> =
    'dataDir' in where
      ? { DATA_DIR: where.dataDir }
      : { DATABASE_URL: where.databaseUrl, SESSION_SECRET: 'a secret that only the tests know, long enough' }
  const child = spawn(process.execPath, ['server.ts'], {
    cwd: root,
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      APP_ORIGIN: origin,
      LOG_LEVEL: 'warn',
      ...place,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  const output = () => Buffer.concat(chunks).toString()
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      // The line after the link, or after the address, is empty.
      if (/Till is open at .+\n(.*Claim the shop.*\n)?\s*\n/.test(output())) resolve()
    })
    child.once('exit', (code) => reject(new Error(`The shop ended with ${code}:\n${output()}`)))
    child.once('error', reject)
  })
  return {
    origin,
    setupLink: /Claim the shop, once: (\S+)/.exec(output())?.[1] ?? null,
    pid: child.pid!,
    output,
    stop: () => stop(child),
  }
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(impatience)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
