/**
 * The process: settings, PostgreSQL, HTTP and their orderly shutdown. Pages, pool and jobs are in the server bundle
 * (or, in development, in Vite) and are reached through the exports of app/entry.server.tsx.
 */
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import type { ViteDevServer } from 'vite'
import { createApp, refuseSocket } from './app/http/server/create-app.ts'
import { log } from './app/http/server/log.ts'
import { type Embedded, startEmbedded } from './db/embedded.ts'
import { reasonOf, waitForDatabase } from './db/wait-for-database.ts'
import { env, setMode, type Env } from './env.server.ts'

type Entry = typeof import('./app/entry.server.tsx')
type Build = ServerBuild & { entry: { module: Entry } }

const root = import.meta.dirname
const dev = process.argv.includes('--dev')

/** What is running, in start order. */
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
  // Longer than the keep-alive of proxies in front, so that they never write to a connection we just closed.
  server.keepAliveTimeout = 65_000
  server.on('clientError', refuseSocket)
  // An Expect header other than 100-continue, which the shield refuses.
  server.on('checkExpectation', app)
  await listen(server, settings)
  const [database, build] = await Promise.all([startDatabase(settings), loadBuild()])
  const { boot } = build.entry.module
  const { setupLink } = await waitForDatabase(() => boot({ ...settings, ...database }))
  if (stoppingSince) return
  entry = build.entry.module
  routes = build.routes
  print(settings, setupLink)
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
      throw new Error('No build found: run npm run build, or npm start, which builds automatically')
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
            `Port ${port} is already in use: stop the other program, or choose another port, for example PORT=${port + 1}`,
          ),
        )
      else if (error.code === 'EACCES')
        reject(
          new Error(
            `This user may not listen on port ${port}: choose a port above 1023, for example PORT=3000`,
          ),
        )
      else reject(new Error(`Cannot listen on ${host ?? ''}:${port} (${error.message})`))
    })
    server.listen(port, host)
  })
}

function print({ appOrigin, role, port }: Env, setupLink: string | null) {
  if (role === 'worker') return console.log(`Till worker is running; status: http://localhost:${port}/readyz`)
  console.log(`\n  Till is running at ${appOrigin}`)
  if (setupLink) console.log(`  Set up your store (link works once): ${setupLink}`)
  console.log()
}

function isStopping() {
  return stoppingSince > 0
}

/**
 * Ctrl-C and SIGTERM: event streams are closed with a retry delay, no new connections are accepted, requests in
 * progress get ten seconds, then jobs, pool and PostgreSQL stop in that order. A second signal does not wait. npm
 * forwards Ctrl-C although the terminal has sent it already, so a signal within a second of the first counts as the
 * same.
 */
function onSignal() {
  if (!stoppingSince) return void stop(0)
  if (Date.now() - stoppingSince < 1_000) return
  console.log('Stopping immediately.')
  embedded?.stopImmediately()
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
    log.error({ err: error }, 'shutdown failed')
    exitCode ||= 1
  }
  process.exit(exitCode)
}

async function closeServer() {
  if (!server?.listening) return
  const closed = new Promise((resolve) => server!.close(resolve))
  // Busy connections become idle one after the other.
  const sweep = setInterval(() => server!.closeIdleConnections(), 50)
  const deadline = setTimeout(() => server!.closeAllConnections(), inFlightMs)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)

// An unhandled rejection affects one request at most; all data is in Postgres, so other requests continue.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))
// After an uncaught exception the state is unknown: finish what can be finished, and exit.
process.on('uncaughtException', (error) => {
  if (entry?.survives(error)) return log.warn({ err: error }, 'lost a database connection')
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
