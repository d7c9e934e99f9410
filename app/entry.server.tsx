import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { isUnavailable } from '#db/errors.ts'
import { NonceContext } from './components/nonce.ts'
import { log } from './http/server/log.ts'
import { fallbackPage } from './http/server/fallback-page.ts'
import { renderedPage } from './http/pages/rendered-page.ts'
import { reportError } from './http/server/sentry.server.ts'

export { changePosition, hasChangedSince } from './domain/realtime/listener.server.ts'
export { boot, health, shutdown } from './http/server/boot.server.ts'
export { countStreams, endStreams, serveEvents } from './http/events/event-stream.server.ts'
export { guardRoutes } from './http/server/guard-routes.server.ts'
export { getPersonalParts } from './http/pages/personal.server.ts'
export { countSearchClick } from './http/session/count-searches.server.ts'
export { poolState, recoverFromLostWrite as survives } from '#db/client.ts'

/** When rendering is not finished by then, the page is sent with what there is. */
export const streamTimeout = 8_000

/** Retry-After of a 503, in seconds. */
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
        // No page streams, so it is sent in one piece, which costs less than a stream of many chunks.
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
          // An error before the shell goes to reject() and from there to handleError.
          if (hasShell) handleError(error, { request, context, params: {} })
        },
      },
    )
  })
}

/** The same 503 for client-side navigation. */
export function handleDataRequest(response: Response, { context }: LoaderFunctionArgs | ActionFunctionArgs) {
  if (!context.isUnavailable || response.status < 500) return response
  const headers = new Headers(response.headers)
  headers.set('retry-after', retryAfter)
  headers.set('cache-control', 'no-store')
  return new Response(response.body, { status: 503, headers })
}

/** The only place where faults are logged: one line for what a client caused, the whole error otherwise. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs) {
  if (request.signal.aborted) return
  const about = { requestId: context.requestId, method: request.method, path: new URL(request.url).pathname }
  if (isRouteErrorResponse(error) && error.status < 500) {
    log.info({ ...about, status: error.status }, error.statusText || 'refused')
  } else if (isUnavailable(error)) {
    context.isUnavailable = true
    log.warn(
      { ...about, reason: (error as Error).cause ?? (error as Error).message },
      'temporarily unavailable',
    )
  } else {
    log.error({ ...about, err: error }, 'request failed')
    reportError(error, about)
  }
}

function unavailable(request: Request, { nonce, requestId }: AppLoadContext) {
  const isGet = request.method === 'GET'
  const body = fallbackPage({ status: 503, nonce, requestId, reloadAfterSeconds: isGet ? 3 : undefined })
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
  /** What server.ts passes to every loader and action. */
  interface AppLoadContext {
    nonce: string
    requestId: string
    /** The client's address; X-Forwarded-For counts only as far as TRUST_PROXY allows. */
    ip: string
    isUnavailable?: boolean
    isRefusalLogged?: boolean
    /** For a page that is cached for everyone: the marks in place of personal values. */
    slots?: { csrfToken: string; personal: string }
    /** Loaders of such a page declare what their data depends on, besides collections and settings. */
    dependsOn?: (names: readonly string[]) => void
  }
}
