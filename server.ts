/**
 * The process: settings, PostgreSQL, HTTP and their orderly end. Pages, pool and jobs live in the server's
 * bundle (or, in development, in Vite) and are reached through what app/entry.server.tsx exports.
 */
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import type { ViteDevServer } from 'vite'
import { createApp, refuseSocket } from './app/http/create-app.ts'
import { log } from './app/http/log.ts'
import { type Embedded, startEmbedded } from './db/embedded.ts'
import { reasonOf, retryUntilReachable } from './db/reachable.ts'
import { env, setMode, type Env } from './env.server.ts'

type Entry = typeof import('./app/entry.server.tsx')
type Build = ServerBuild & { entry: { module: Entry } }

const root = import.meta.dirname
const dev = process.argv.includes('--dev')

/** What is running, in the order in which it was started. */
let server: Server | undefined
let vite: ViteDevServer | undefined
let embedded: Embedded | undefined
let entry: Entry | undefined
let routes: Build['routes'] | undefined
let stoppingSince = 0

const inFlightMs = 10_000

async function main() {
  setMode(dev ? 'development' : 'production')
  const settings: Env = { ...env }
  log.level = settings.logLevel
  const app = createApp({
    settings,
    dev,
    root,
    loadBuild,
    bundle: () => entry,
    routes: () => routes,
    isStopping,
    devFiles: dev
      ? (request, response, next) => (vite ? vite.middlewares(request, response, next) : next())
      : undefined,
  })
  server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: 2_000,
      headersTimeout: 10_000,
      requestTimeout: 300_000,
      // Refused by the shield, with our headers.
      requireHostHeader: false,
    },
    app,
  )
  // Longer than the proxies in front keep theirs, so that they never write to a connection we just closed.
  server.keepAliveTimeout = 65_000
  server.on('clientError', refuseSocket)
  // An Expect header other than 100-continue, which the shield refuses.
  server.on('checkExpectation', app)
  await listen(server, settings)
  const [database, build] = await Promise.all([startDatabase(settings), loadBuild()])
  const { boot } = build.entry.module
  const { setupLink } = await retryUntilReachable(() => boot({ ...settings, ...database }))
  if (stoppingSince) return
  entry = build.entry.module
  routes = build.routes
  say(settings, setupLink)
}

let building: Promise<Build> | undefined

async function loadBuild(): Promise<Build> {
  if (vite) return (await vite.ssrLoadModule('virtual:remix/server-build')) as Build
  return (building ??= dev ? startVite() : importBuild())
}

async function importBuild() {
  const file = path.join(root, 'build/server/index.js')
  return import(pathToFileURL(file).href).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(file))
      throw new Error('There is no build yet: run npm run build, or npm start, which does it by itself')
    throw error
  }) as Promise<Build>
}

async function startVite() {
  const { createServer: createVite } = await import('vite')
  vite = await createVite({ root, server: { middlewareMode: true, hmr: { server: server! } } })
  return loadBuild()
}

async function startDatabase({ databaseUrl, databaseOwnerUrl, dataDir }: Env) {
  if (databaseUrl) return { databaseUrl, databaseOwnerUrl }
  embedded = await startEmbedded(dataDir)
  return { databaseUrl: embedded.url, databaseOwnerUrl: embedded.ownerUrl }
}

function listen(server: Server, { port, host }: Env) {
  return new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new Error(
            `Port ${port} is taken: stop the other program, or choose another, for example PORT=${port + 1}`,
          ),
        )
      else if (error.code === 'EACCES')
        reject(
          new Error(
            `Port ${port} may not be used by this user: choose one above 1023, for example PORT=3000`,
          ),
        )
      else reject(new Error(`Cannot listen on ${host ?? ''}:${port} (${error.message})`))
    })
    server.listen(port, host)
  })
}

function say({ appOrigin, role, port }: Env, setupLink: string | null) {
  if (role === 'worker')
    return console.log(`Till works on its jobs; http://localhost:${port}/readyz tells how it is.`)
  console.log(`\n  Till is open at ${appOrigin}`)
  if (setupLink) console.log(`  Claim the shop, once: ${setupLink}`)
  console.log()
}

function isStopping() {
  return stoppingSince > 0
}

/**
 * Ctrl-C and SIGTERM: event streams are told to come back, there are no new connections, what is under way gets
 * ten seconds, then jobs, pool and PostgreSQL end in that order. A second signal does not wait. npm passes Ctrl-C on although the terminal has sent it
 * to us already, so a signal within a second of the first is the same one.
 */
function onSignal() {
  if (!stoppingSince) return void stop(0)
  if (Date.now() - stoppingSince < 1_000) return
  console.log('Stopping at once.')
  embedded?.stopAtOnce()
  process.exit(1)
}

async function stop(exitCode: number) {
  stoppingSince ||= Date.now()
  try {
    await entry?.endStreams()
    await closeServer()
    await entry?.shutdown()
    await vite?.close()
    await embedded?.stop()
  } catch (error) {
    log.error({ err: error }, 'stopping failed')
    exitCode ||= 1
  }
  process.exit(exitCode)
}

async function closeServer() {
  if (!server?.listening) return
  const closed = new Promise((resolve) => server!.close(resolve))
  // Connections that were busy become idle one after the other.
  const sweep = setInterval(() => server!.closeIdleConnections(), 50)
  const deadline = setTimeout(() => server!.closeAllConnections(), inFlightMs)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)

// A forgotten promise is one visitor's fault page; all data is in Postgres, so the others go on undisturbed.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))
// After an exception that nobody caught nothing is certain any more: finish what can be finished, and go.
process.on('uncaughtException', (error) => {
  if (entry?.survives(error)) return log.warn({ err: error }, 'a connection to the database was lost')
  log.fatal({ err: error }, 'uncaught exception')
  setTimeout(() => process.exit(1), 5_000).unref()
  void stop(1)
})

try {
  await main()
} catch (error) {
  if (!stoppingSince) {
    console.error(`Till cannot start: ${reasonOf(error)}`)
    if (dev) console.error(error)
    server?.closeAllConnections()
    await stop(1)
  }
}
