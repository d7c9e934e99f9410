import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Till = {
  url: string
  port: number
  child: ChildProcess
  output: () => string
  /** Resolves when the output matches; rejects with the output when the process ends before. */
  says: (words: RegExp) => Promise<void>
  /** The exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>
}

const running = new Set<ChildProcess>()

/** Starts `node server.ts` as its own process with these settings and nothing else of ours. */
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
  const says = (words: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => words.test(text) && resolve()
      look()
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look)
      void ended.then((code) =>
        reject(new Error(`Till ended with ${code} before it said ${words}:\n${text}`)),
      )
    })
  return { url: `http://localhost:${port}`, port, child, output: () => text, says, ended }
}

/** Whatever a failed test left behind. */
export function endLeftTills() {
  for (const child of running) child.kill('SIGKILL')
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** A door before a server that can be shut and opened: what is behind it is then unreachable, or back. */
export async function createDoor(target: URL) {
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
