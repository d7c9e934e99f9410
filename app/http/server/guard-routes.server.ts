import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, type ServerBuild } from '@remix-run/node'
import type { ReloadHandle } from '#app/components/reload-without-script.tsx'
import { type Access, can, noAccessMessage } from '#app/domain/access/access.ts'
import { isStaff } from '#app/domain/access/roles.ts'
import { findRedirect } from '#app/domain/redirects/find-redirect.server.ts'
import { readSettings } from '#app/domain/settings/settings.server.ts'
import { urls } from '#app/urls.ts'
import { type Limit } from '#app/domain/rate-limits/rate-limits.server.ts'
import { enforceRateLimit } from './rate-limit.ts'
import { logSecurityEvent, refusalEvents } from './security-events.ts'
import { getVisitor } from '#app/http/session/session.server.ts'

/**
 * What every route declares: `export const handle = { access: 'orders' } satisfies RouteHandle`, and optionally the
 * rate limit of its loader or action, by address. An action that is open to everyone and names no limit is counted as
 * a form.
 */
export type RouteHandle = { access: Access; limits?: { loader?: Limit; action?: Limit } } & ReloadHandle

type Routes = ServerBuild['routes']
type Route = NonNullable<Routes[string]>
type Asked = LoaderFunctionArgs | ActionFunctionArgs

/**
 * Wraps each loader and action of the build in a guard: it runs only with the access that its route declares and
 * within its limit, however it is called (page, data of a page, data of one loader, form) and however the URL is
 * written. A route that declares no access fails at start. What the guard or the route refuses by throwing is logged
 * as a security event.
 */
export function guardRoutes(build: ServerBuild): ServerBuild {
  const entries = Object.entries(build.routes).map(([id, route]) => [id, route && guarded(route)] as const)
  return { ...build, routes: Object.fromEntries(entries) }
}

/** The access that the route declares. Throws when it declares none. */
export function accessOf(route: Route): Access {
  const access = (route.module.handle as Partial<RouteHandle> | undefined)?.access
  if (!access) throw new Error(`Route ${route.id} does not declare its access: export const handle`)
  return access
}

function guarded(route: Route): Route {
  const access = accessOf(route)
  const { loader, action, handle } = route.module
  const { limits } = handle as RouteHandle
  const before =
    <Args extends Asked>(ask: (args: Args) => unknown, limit: Limit | undefined) =>
    async (args: Args) => {
      try {
        if (limit) await enforceRateLimit(limit, args.context.ip)
        if (access !== 'everyone') await allow(args.request, access)
        return await ask(args)
      } catch (error) {
        await followRedirect(error, route, args)
        await logRefusal(error, args)
        throw error
      }
    }
  const actionLimit = limits?.action ?? (access === 'everyone' ? 'form' : undefined)
  return {
    ...route,
    module: {
      ...route.module,
      loader: loader && before(loader, limits?.loader),
      action: action && before(action, actionLimit),
    },
  }
}

/** Not found, deleted, or a former address of a product. */
const statusesWithRedirect = [301, 404, 410]

/** Throws staff's redirect for the address of a public page, if nothing else is there. */
async function followRedirect(error: unknown, route: Route, { request }: Asked): Promise<void> {
  if (!(error instanceof Response) || !statusesWithRedirect.includes(error.status)) return
  if (accessOf(route) !== 'everyone' || !route.module.default) return
  if (request.method !== 'GET' && request.method !== 'HEAD') return
  const target = await findRedirect(new URL(request.url))
  if (target !== null) throw redirect(target, 301)
}

/**
 * Throws a redirect to sign-in, a redirect to the two-factor setup that the store requires of its staff, or a 403
 * Response.
 */
async function allow(request: Request, access: Access): Promise<void> {
  const { user } = await getVisitor(request)
  if (!user) throw redirect(urls.login(returnTo(request)), 303)
  if (!can(user, access)) throw new Response(noAccessMessage, { status: 403, statusText: noAccessMessage })
  if (access === 'signed-in' || user.hasTwoFactor || !isStaff(user)) return
  if ((await readSettings())?.staffNeedTwoFactor) throw redirect(urls.account.twoFactor(), 303)
}

/** Once for each request, though a page has several loaders. */
async function logRefusal(error: unknown, { request, context }: Asked): Promise<void> {
  const event = error instanceof Response && refusalEvents[error.status]
  if (!event || context.isRefusalLogged) return
  context.isRefusalLogged = true
  const { user } = await getVisitor(request).catch(() => ({ user: null }))
  const { pathname: path } = new URL(request.url)
  logSecurityEvent(context, event, { userId: user?.id, method: request.method, path })
}

/** Where to return after signing in; a form cannot be sent again. */
function returnTo(request: Request): string | undefined {
  if (request.method !== 'GET') return undefined
  const { pathname, search } = new URL(request.url)
  const query = new URLSearchParams(search)
  query.delete('_routes')
  return pathname.replace(/\.data$/, '') + (query.size > 0 ? `?${query.toString()}` : '')
}
