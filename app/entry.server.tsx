import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { isUnavailable } from '#db/errors.ts'
import { NonceContext } from './components/nonce.ts'
import { log } from './http/log.ts'
import { plainPage } from './http/plain-page.ts'
import { renderedPage } from './http/rendered-page.ts'
import { reportError } from './http/sentry.server.ts'

export { changePosition, hasChangedSince } from './domain/realtime/listener.server.ts'
export { boot, health, shutdown } from './http/boot.server.ts'
export { countStreams, endStreams, serveEvents } from './http/event-stream.server.ts'
export { guardRoutes } from './http/guard-routes.server.ts'
export { getPersonalParts } from './http/personal.server.ts'
export { poolState, survives } from '#db/client.ts'

/** A page whose data has not all come by then is sent with what there is. */
export const streamTimeout = 8_000

/** Seconds after which a shopper who met a 503 should try again. */
const retryAfter = '1'

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> | Response {
  if (context.isUnavailable && status >= 500) return unavailable(request, context)
  return new Promise((resolve, reject) => {
    let hasShell = false
    const stuck = setTimeout(() => abort(), streamTimeout + 1_000)
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={context.nonce}>
        <RemixServer
          context={remixContext}
          url={request.url}
          nonce={context.nonce}
          abortDelay={streamTimeout + 1_000}
        />
      </NonceContext.Provider>,
      {
        nonce: context.nonce,
        onShellReady() {
          hasShell = true
        },
        // Nothing on our pages comes late, so a page is sent in one piece, which costs less than a stream of many.
        onAllReady() {
          clearTimeout(stuck)
          headers.set('content-type', 'text/html; charset=utf-8')
          renderedPage(pipe).then((page) => resolve(new Response(page, { status, headers })), reject)
        },
        onShellError(error) {
          clearTimeout(stuck)
          reject(error instanceof Error ? error : new Error(String(error)))
        },
        onError(error) {
          status = 500
          // Without a shell the error goes to reject() and from there to handleError.
          if (hasShell) handleError(error, { request, context, params: {} })
        },
      },
    )
  })
}

/** The same refusal for navigations within the page. */
export function handleDataRequest(response: Response, { context }: LoaderFunctionArgs | ActionFunctionArgs) {
  if (!context.isUnavailable || response.status < 500) return response
  const headers = new Headers(response.headers)
  headers.set('retry-after', retryAfter)
  headers.set('cache-control', 'no-store')
  return new Response(response.body, { status: 503, headers })
}

/** Faults are told once, here: a line for what a visitor caused, the whole error for what we did. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs) {
  if (request.signal.aborted) return
  const about = { requestId: context.requestId, method: request.method, path: new URL(request.url).pathname }
  if (isRouteErrorResponse(error) && error.status < 500) {
    log.info({ ...about, status: error.status }, error.statusText || 'refused')
  } else if (isUnavailable(error)) {
    context.isUnavailable = true
    log.warn({ ...about, reason: (error as Error).cause ?? (error as Error).message }, 'unavailable for now')
  } else {
    log.error({ ...about, err: error }, 'request failed')
    reportError(error, about)
  }
}

function unavailable(request: Request, { nonce, requestId }: AppLoadContext) {
  const isGet = request.method === 'GET'
  const body = plainPage({ status: 503, nonce, requestId, reloadAfterSeconds: isGet ? 3 : undefined })
  return new Response(body, {
    status: 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': retryAfter,
    },
  })
}

declare module '@remix-run/node' {
  /** What server.ts knows about a request and hands to every loader and action. */
  interface AppLoadContext {
    nonce: string
    requestId: string
    /** The visitor's address, believed only as far as TRUST_PROXY says. */
    ip: string
    isUnavailable?: boolean
    isRefusalLogged?: boolean
    /** For a page that is cached for everybody: what stands in it where one person's own is filled in. */
    slots?: { csrfToken: string; personal: string }
    /** Each loader of such a page says what its answer depends on, besides collections and settings. */
    dependsOn?: (names: readonly string[]) => void
  }
}
