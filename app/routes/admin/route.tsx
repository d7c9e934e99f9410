import type { LoaderFunctionArgs } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Link,
  Outlet,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { UnsavedGuard } from '#app/components/admin/unsaved-guard.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { can, noAccessMessage } from '#app/domain/access/access.ts'
import { countUnread } from '#app/domain/notifications/notifications.server.ts'
import { countOrders } from '#app/domain/orders/list-orders.server.ts'
import { countPending } from '#app/domain/reviews/review-queue.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { grantToVisitor } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { signedInVisitor } from '#app/http/session/guards.server.ts'
import styles from '#app/styles/admin/index.css?url'
import { urls } from '#app/urls.ts'
import { Menu, SideBar, type SideBarProps } from './side-bar.tsx'

export const handle = { access: 'any-staff' } satisfies RouteHandle

export const links = () => [{ rel: 'stylesheet', href: styles }]

export const headers = () => ({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })

export async function loader({ request }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId, user } = await signedInVisitor(request)
  const [settings, orders, pendingReviews, unread] = await Promise.all([
    getSettings(),
    can(user, 'orders') ? countOrders() : null,
    can(user, 'reviews') ? countPending() : null,
    countUnread(user.id, 'staff'),
  ])
  const { name, email, role, permissions } = user
  return {
    user: { name, email, role, permissions },
    shopName: settings?.shopName ?? 'Till',
    openOrders: orders?.open ?? null,
    pendingReviews,
    unread,
    live: grantToVisitor(request, { sessionId, position, topics: [topics.user(user.id)] }),
  } satisfies SideBarProps & { live?: string }
}

export const shouldRevalidate = revalidateOn(['admin', 'order', 'reviews', 'user'])

export default function Admin() {
  return (
    <AdminFrame frame={useLoaderData<typeof loader>()}>
      <UnsavedGuard>
        <Outlet />
      </UnsavedGuard>
    </AdminFrame>
  )
}

/** A page's error replaces the page; the sidebar stays if its own data was loaded. */
export function ErrorBoundary() {
  const frame = useRouteLoaderData<typeof loader>('routes/admin')
  return frame ? (
    <AdminFrame frame={frame}>
      <AdminError />
    </AdminFrame>
  ) : (
    <main className="admin__main admin" id="content">
      <div className="admin__page">
        <AdminError />
      </div>
    </main>
  )
}

function AdminFrame({ frame, children }: { frame: SideBarProps; children: React.ReactNode }) {
  return (
    <div className="admin">
      <a className="admin__skip" href="#content">
        Skip to content
      </a>
      <SideBar {...frame} />
      <Menu {...frame} />
      <main className="admin__main" id="content">
        <div className="admin__page">{children}</div>
      </main>
    </div>
  )
}

function AdminError() {
  const { title, text } = messageFor(useRouteError())
  return (
    <EmptyState level="h1" title={title}>
      <p>{text}</p>
      <Link className="button" to={urls.admin.home()}>
        Back to Home
      </Link>
    </EmptyState>
  )
}

function messageFor(error: unknown): { title: string; text: string } {
  const status = isRouteErrorResponse(error) ? error.status : 500
  if (isRouteErrorResponse(error) && error.data === noAccessMessage)
    return {
      title: 'You don’t have access to this page',
      text: 'You don’t have permission to open this part of the admin. Ask an administrator.',
    }
  if (status === 404)
    return { title: 'Page not found', text: 'It may have been deleted, or the URL is incorrect.' }
  if (status === 403)
    return {
      title: 'Session expired',
      text: 'Nothing was changed. Go back, reload the page and try again.',
    }
  if (status === 429) return { title: 'Too many requests', text: 'Wait a minute, then try again.' }
  return {
    title: 'Something went wrong',
    text: 'Nothing was changed. Try again; if the problem persists, check the server log.',
  }
}
