import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Till = {
  url: string
  port: number
  child: ChildProcess
  output: () => string
  /** Resolves when the output matches; rejects with the output when the process exits first. */
  says: (pattern: RegExp) => Promise<void>
  /** The exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>
}

const running = new Set<ChildProcess>()

/** Starts `node server.ts` as its own process with only these settings. */
export async function startTill(settings: Record<string, string>): Promise<Till> {
  const port = Number(settings.PORT ?? (await freePort()))
  const child = spawn(process.execPath, ['server.ts'], {
    env: { PATH: process.env.PATH, PORT: String(port), ...settings } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let text = ''
  const ended = once(child, 'close').then(([code, signal]) => {
    running.delete(child)
    return (code ?? signal) as number | string
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)))
  const says = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => pattern.test(text) && resolve()
      look()
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look)
      void ended.then((code) =>
        reject(new Error(`Till ended with ${code} before it said ${pattern}:\n${text}`)),
      )
    })
  return { url: `http://localhost:${port}`, port, child, output: () => text, says, ended }
}

/** Stops the processes that a failed test left running. */
export function stopLeftoverTills() {
  for (const child of running) child.kill('SIGKILL')
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/**
 * A TCP proxy in front of a server that can be closed and opened: the server is then unreachable, or reachable again.
 */
export async function createTcpProxy(target: URL) {
  const port = await freePort()
  const sockets = new Set<Socket>()
  const server = createServer((inside) => {
    const outside = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return {
    url: url.toString(),
    open: () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve())),
    shut: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
