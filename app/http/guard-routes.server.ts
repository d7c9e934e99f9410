import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, type ServerBuild } from '@remix-run/node'
import { type Access, mayUse, noAccess } from '#app/domain/accounts/access.ts'
import { isStaff } from '#app/domain/accounts/accounts.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { urls } from '#app/urls.ts'
import { type Limit, limitTries } from './rate-limit.ts'
import { logSecurityEvent, refusalEvents } from './security-events.ts'
import { getVisitor } from './session.server.ts'

/**
 * What every route says of itself: `export const handle = { access: 'orders' } satisfies RouteHandle`; and, if need be,
 * the limit by which calls of its loader or action are counted by address. An action that is open to everyone and
 * names no limit is counted as a form.
 */
export type RouteHandle = { access: Access; limits?: { loader?: Limit; action?: Limit } }

type Routes = ServerBuild['routes']
type Route = NonNullable<Routes[string]>
type Asked = LoaderFunctionArgs | ActionFunctionArgs

/**
 * The build with a guard before each loader and action: nobody reaches one without the access that its route
 * declares, or more often than its limit allows, whichever way it is asked (page, data of a page, data of one loader,
 * form) and however the address is written. A route that declares nothing does not start. What the guard or the
 * route refuses by throwing is logged as a security event.
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
        if (limit) await limitTries(limit, args.context.ip)
        if (access !== 'everyone') await allow(args.request, access)
        return await ask(args)
      } catch (error) {
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

/** Throws the way to signing in, to the second factor that the shop asks of its staff, or a 403 Response. */
async function allow(request: Request, access: Access): Promise<void> {
  const { user } = await getVisitor(request)
  if (!user) throw redirect(urls.login(hereOf(request)), 303)
  if (!mayUse(user, access)) throw new Response(noAccess, { status: 403, statusText: noAccess })
  if (access === 'signed-in' || user.hasTwoFactor || !isStaff(user)) return
  if ((await getSettings())?.staffNeedTwoFactor) throw redirect(urls.account.twoFactor(), 303)
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

/** Where to come back to after signing in; a form cannot be sent again. */
function hereOf(request: Request): string | undefined {
  if (request.method !== 'GET') return undefined
  const { pathname, search } = new URL(request.url)
  const query = new URLSearchParams(search)
  query.delete('_routes')
  return pathname.replace(/\.data$/, '') + (query.size > 0 ? `?${query.toString()}` : '')
}
