import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageOf } from '#app/components/admin/list-params.ts'
import { EmptyState } from '#app/components/empty-state.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { NotificationList, ReadAll } from '#app/components/notification-list.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { Pagination } from '#app/components/pagination.tsx'
import { listNotifications, notificationsPerPage } from '#app/domain/notifications/notifications.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Notifications', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const page = pageOf(new URL(request.url).searchParams)
  const list = await listNotifications(user.id, 'customer', page)
  return data({ ...list, page, perPage: notificationsPerPage }, { headers: noStore })
}

/** The store's layout subscribes to the user's topic; this page is revalidated with it. */
export const shouldRevalidate = revalidateOn(['user'])

export default function NotificationsPage() {
  const { notifications, total, page, perPage } = useLoaderData<typeof loader>()
  if (total === 0)
    return (
      <EmptyState art="no notifications" title="No notifications" level="h1">
        <p>Updates on your orders appear here.</p>
        <p className="empty__ways">
          <Link to={urls.account.notificationPreferences()} className="button">
            Notification settings
          </Link>
        </p>
      </EmptyState>
    )
  return (
    <>
      <header className="page-head">
        <h1>Notifications</h1>
        <div className="told__tools">
          {notifications.some(({ isRead }) => !isRead) && (
            <ReadAll audience="customer" upTo={notifications[0]!.id} next={urls.account.notifications()} />
          )}
          <Link to={urls.account.notificationPreferences()}>Notification settings</Link>
        </div>
      </header>
      <NotificationList audience="customer" notifications={notifications} />
      <Pagination page={page} perPage={perPage} total={total} to={(number) => `?page=${number}`} />
    </>
  )
}
