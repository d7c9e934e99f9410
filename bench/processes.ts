import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { Profiler } from 'node:inspector'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ProbeRequest } from './probe.ts'

export type Running = { origin: string; stop(): Promise<void> }

/** SESSION_SECRET of the measured store. */
export const sessionSecret = 'only-for-measuring-and-never-for-a-shop'

/** METRICS_TOKEN of the measured store. */
export const metricsToken = 'only-for-measuring-and-never-for-a-shop'

export type Till = Running & {
  /** Memory after a garbage collection. */
  memory(): Promise<NodeJS.MemoryUsage>
  /** CPU time of the server so far, in milliseconds. */
  cpuMs(): Promise<number>
  /** A CPU profile of the server while `work` runs. */
  profile(work: () => Promise<unknown>): Promise<Profiler.Profile>
}

/** The flags of `npm start`. */
async function memoryFlags(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } }
  return scripts.start.split(' ').filter((word) => word.startsWith('--'))
}

/** Starts Till's built server with that database as a separate process; `env` is added to its settings. */
export async function startTill(databaseUrl: string, env: Record<string, string> = {}): Promise<Till> {
  const port = await freePort()
  const dataDir = await mkdtemp(path.join(tmpdir(), 'till-bench-'))
  const flags = [...(await memoryFlags()), '--expose-gc', '--import', './bench/probe.ts']
  const child = spawn(process.execPath, [...flags, 'server.ts'], {
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      SESSION_SECRET: sessionSecret,
      METRICS_TOKEN: metricsToken,
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  await line(child, /is running at/)
  const ask = async <Answer>(request: ProbeRequest) => {
    const answered = once(child, 'message')
    child.send(request)
    return (await answered)[0] as Answer
  }
  return {
    memory: () => ask<NodeJS.MemoryUsage>('memory'),
    cpuMs: async () => {
      const { user, system } = await ask<NodeJS.CpuUsage>('cpu')
      return (user + system) / 1000
    },
    profile: async (work) => {
      await ask('start-profile')
      await work()
      return ask<Profiler.Profile>('stop-profile')
    },
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      await end(child)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Starts the reference server with that database. */
export async function startReference(databaseUrl: string): Promise<Running> {
  const child = spawn(process.execPath, ['bench/reference/server.ts', databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await line(child, /^\d+/)
  return { origin: `http://127.0.0.1:${port}`, stop: () => end(child) }
}

/** The first matching line of the process's output; throws when the process ends before. */
async function line(child: ChildProcess, pattern: RegExp): Promise<string> {
  let output = ''
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error(`The process ended early: ${output}`)),
  )
  const found = (async () => {
    for await (const chunk of child.stdout!) {
      output += String(chunk)
      const match = output.split('\n').find((text) => pattern.test(text))
      if (match !== undefined) return match.trim()
    }
    return Promise.reject(new Error(`No matching output: ${output}`))
  })()
  ended.catch(() => {})
  return Promise.race([found, ended])
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
