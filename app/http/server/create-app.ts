import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import path from 'node:path'
import { createRequestHandler } from '@remix-run/express'
import { createRequestHandler as createRenderer, type ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import type { Env } from '#env'
import { canonicalPath, type RouteTree, routeTree } from './canonical-path.ts'
import { keepErrorHeaders } from './keep-error-headers.ts'
import { log } from './log.ts'
import { measure, metricsPage, startMetrics } from './metrics.ts'
import { createPageCache, type RenderContext } from '#app/http/pages/page-cache.ts'
import { readSearchClick } from '#app/http/pages/search-visits.ts'
import { fallbackPage, type FallbackStatus } from './fallback-page.ts'
import { privateResponses } from './private-responses.ts'
import { createNonce, createRequestId } from './random-ids.ts'
import { isSecretAddress, permissionsPolicy, securityHeaders } from './security-headers.ts'
import { logSecurityEvent, refusalEvents } from './security-events.ts'
import { createSelectedHandler } from './select-build.ts'
import { createShield } from './shield.ts'
import { staticFiles } from './static-files.ts'

type Entry = typeof import('#app/entry.server.tsx')
type Bundle = Pick<
  Entry,
  | 'health'
  | 'changePosition'
  | 'hasChangedSince'
  | 'getPersonalParts'
  | 'countSearchClick'
  | 'countStreams'
  | 'poolState'
  | 'serveEvents'
>

export type AppOptions = {
  settings: Env
  dev: boolean
  root: string
  loadBuild: () => Promise<ServerBuild & { entry: { module: Pick<Entry, 'guardRoutes'> } }>
  /** The server's bundle, which holds the pool; undefined until the process has booted. */
  bundle: () => Bundle | undefined
  /** The routes of the build; undefined until the process has booted. */
  routes: () => ServerBuild['routes'] | undefined
  isStopping: () => boolean
  /** In development, the middleware that serves styles and modules instead of the files of the build. */
  devFiles?: RequestHandler
}

/** The middleware, in order: canonical path, request id and headers, health, shield, files, event stream, Remix. */
export function createApp(options: AppOptions) {
  const { settings, dev, root, bundle } = options
  startMetrics({ pool: () => bundle()?.poolState(), streams: () => bundle()?.countStreams() })
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', settings.trustProxy)
  app.enable('case sensitive routing')
  app.enable('strict routing')
  app.use(canonicalize(options.routes))
  app.use(identify(settings, dev))
  app.use(measure)
  app.use((_, response, next) => {
    partOnStop(response, options.isStopping)
    next()
  })
  addHealth(app, options)
  const { appOrigin, trustProxy } = settings
  app.use(createShield({ appOrigin, trustProxy, refuse: refuseAndLog }))
  app.use(redirectToCanonical)
  if (settings.role === 'worker') app.use((_, response) => refuse(response, 404))
  app.use(options.devFiles ?? staticFiles(path.join(root, 'build/client')))
  app.use((_, response, next) => {
    if (!bundle()) return refuse(response, 503)
    next()
  })
  app.get('/events', (request, response, next) => {
    if (request.method === 'HEAD') return next()
    bundle()!.serveEvents(request, response, request.ip ?? '')
  })
  app.use(privateResponses)
  const { handle, render } = remix(options)
  app.use(countSearchClicks(options))
  app.use(createPageCache(pageSource(options, render), settings.appOrigin))
  app.use(compression())
  app.use(handle)
  app.use(onFault)
  return app
}

/** Paths that Express answers before Remix. */
const ownPaths = ['/events', '/healthz', '/readyz', '/metrics']

/** From here on all code sees the canonical path; `originalUrl` stays as requested. */
function canonicalize(routesNow: AppOptions['routes']): RequestHandler {
  let tree: RouteTree = new Map()
  let routes: ReturnType<typeof routesNow>
  return (request, _response, next) => {
    if (routes !== routesNow()) tree = routeTree((routes = routesNow())!, ownPaths)
    const { path } = request
    if (request.url.startsWith(path)) request.url = canonicalPath(path, tree) + request.url.slice(path.length)
    next()
  }
}

/** Remix reads `originalUrl`, so it answers under the canonical path only. 308 keeps method and body. */
const redirectToCanonical: RequestHandler = (request, response, next) => {
  if (request.url === request.originalUrl) return next()
  response.set('cache-control', 'no-store').redirect(308, request.url)
}

function identify(settings: Env, dev: boolean) {
  const setHeaders = securityHeaders({ ...settings, dev })
  return (request: Request, response: Response, next: NextFunction) => {
    const nonce = createNonce()
    const requestId = createRequestId()
    Object.assign(response.locals, { nonce, requestId, isGet: request.method === 'GET' })
    response.setHeader('x-request-id', requestId)
    response.setHeader('permissions-policy', permissionsPolicy)
    if (isSecretAddress(request.path)) response.setHeader('x-robots-tag', 'noindex')
    setHeaders(response, { nonce, path: request.path })
    next()
  }
}

/**
 * Checked when the response begins, not when the request arrives: a client that gets the header does not reuse the
 * connection.
 */
function partOnStop(response: Response, isStopping: () => boolean) {
  const writeHead = response.writeHead.bind(response) as (...values: unknown[]) => Response
  response.writeHead = (...values: unknown[]) => {
    if (isStopping()) response.setHeader('connection', 'close')
    return writeHead(...values)
  }
}

function addHealth(app: express.Express, { bundle, isStopping, settings }: AppOptions) {
  const serveMetrics = metricsPage(settings.metricsToken)
  const noStore = { 'cache-control': 'no-store' }
  app.get('/healthz', (_, response) => void response.set(noStore).type('txt').send('ok\n'))
  app.get('/readyz', async (_, response) => {
    const now = (await bundle()?.health()) ?? { ready: false, database: false, migrations: false }
    const ready = now.ready && !isStopping()
    response
      .set(noStore)
      .status(ready ? 200 : 503)
      .json({ ...now, ready })
  })
  app.get('/metrics', (request, response, next) => void serveMetrics(request, response, next).catch(next))
}

function remix({ loadBuild, dev }: AppOptions) {
  const mode = dev ? 'development' : 'production'
  const getLoadContext = ({ ip = '' }: Request, { locals }: Response) => ({
    nonce: locals.nonce as string,
    requestId: locals.requestId as string,
    ip,
  })
  let loaded: ReturnType<typeof load> | undefined
  // In production the build is loaded once; in development each request gets the latest.
  const current = () => (dev ? load() : (loaded ??= load()))

  async function load() {
    const build = await loadBuild()
    const guarded = keepErrorHeaders(build.entry.module.guardRoutes(build))
    return {
      handlerOf: createSelectedHandler(guarded, (build) =>
        createRequestHandler({ build, mode, getLoadContext }),
      ),
      rendererOf: createSelectedHandler(guarded, (build) => createRenderer(build, mode)),
    }
  }

  return {
    handle: (request: Request, response: Response, next: NextFunction) => {
      current()
        .then(({ handlerOf }) => handlerOf(pathOf(request))(request, response, next))
        .catch(next)
    },
    render: async (request: globalThis.Request, context: RenderContext) => {
      const { rendererOf } = await current()
      return rendererOf(new URL(request.url).pathname)(request, context)
    },
  }
}

/** In development nothing is cached. */
function pageSource({ dev, bundle }: AppOptions, render: ReturnType<typeof remix>['render']) {
  return {
    position: () => (dev ? null : (bundle()?.changePosition() ?? null)),
    hasChangedSince: (position: number, names: readonly string[] | null) =>
      bundle()!.hasChangedSince(position, names),
    personalParts: (cookies: string) => bundle()!.getPersonalParts(cookies),
    render,
  }
}

/** In front of the page cache, so that a cached product page counts, too. No response waits for it. */
function countSearchClicks({ bundle, settings }: AppOptions): RequestHandler {
  return (request, _response, next) => {
    const { method, originalUrl: url } = request
    const click = readSearchClick({ method, url, headerOf: (name) => request.get(name) }, settings.appOrigin)
    if (click) void bundle()!.countSearchClick(click, request.headers.cookie ?? '')
    next()
  }
}

/** As Remix reads it: without "." and "..", and with the same escapes. */
function pathOf({ originalUrl }: Request): string {
  return new URL(`http://shop${originalUrl}`).pathname
}

/** Answers with a fallback page that is never cached. */
export function refuse(response: Response, status: FallbackStatus, hint?: string) {
  const { nonce, requestId, isGet } = response.locals as { nonce: string; requestId: string; isGet: boolean }
  const { method, path } = response.req
  const event = refusalEvents[status]
  if (event) logSecurityEvent({ requestId }, event, { method, path, status })
  response.status(status).set('cache-control', 'no-store')
  if (status === 503) response.set('retry-after', '1')
  // The rest of a refused body is not read.
  if (!isGet) response.set('connection', 'close')
  const reloadAfterSeconds = status === 503 && isGet ? 3 : undefined
  response.type('html').send(fallbackPage({ status, nonce, requestId, hint, reloadAfterSeconds }))
}

/** One log line for what the shield refuses: the security event, or the refusal. */
function refuseAndLog(response: Response, status: FallbackStatus, hint?: string) {
  const requestId = response.locals.requestId as string
  if (!refusalEvents[status]) log.info({ requestId, method: response.req.method, status }, 'refused')
  refuse(response, status, hint)
}

const onFault: ErrorRequestHandler = (error: Error & { status?: number }, request, response, _next) => {
  const status = error.status === 404 ? 404 : error.status && error.status < 500 ? 400 : 500
  const about = { requestId: response.locals.requestId as string, method: request.method, path: request.path }
  if (response.headersSent) {
    if (!response.writableFinished) response.destroy()
    return
  }
  if (status === 500) log.error({ ...about, err: error }, 'request failed')
  else log.info({ ...about, status }, error.message)
  refuse(response, status)
}

const socketStatus: Record<string, FallbackStatus> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Invalid HTTP never reaches Express: the same page, written to the socket directly. */
export function refuseSocket(error: NodeJS.ErrnoException, socket: Duplex) {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = socketStatus[error.code ?? ''] ?? 400
  const nonce = createNonce()
  const requestId = createRequestId()
  const page = Buffer.from(fallbackPage({ status, nonce, requestId }))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: text/html; charset=utf-8',
    `content-length: ${page.length}`,
    `content-security-policy: default-src 'none'; style-src 'nonce-${nonce}'`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `x-request-id: ${requestId}`,
    'connection: close',
  ]
  log.info({ requestId, status, code: error.code }, 'malformed request')
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), page]))
}
