import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageOf } from '#app/components/admin/list-params.ts'
import { EmptyState } from '#app/components/empty-state.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { NotificationList, ReadAll } from '#app/components/notification-list.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { Paging } from '#app/components/paging.tsx'
import { listNotifications, notificationsPerPage } from '#app/domain/notifications/notifications.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { noStore } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Notifications', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const page = pageOf(new URL(request.url).searchParams)
  const list = await listNotifications(user.id, page)
  return data({ ...list, page, perPage: notificationsPerPage }, { headers: noStore })
}

/** The shop's frame listens for the person; this page is read anew with it. */
export const shouldRevalidate = reloadsOn(['user'])

export default function NotificationsPage() {
  const { notifications, total, page, perPage } = useLoaderData<typeof loader>()
  if (total === 0)
    return (
      <EmptyState art="a quiet bell" title="Nothing to tell you yet" level="h1">
        <p>What happens to your orders appears here the moment it happens, on every device of yours.</p>
        <p className="empty__ways">
          <Link to={urls.account.notificationPreferences()} className="button">
            How you are told
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
            <ReadAll upTo={notifications[0]!.id} next={urls.account.notifications()} />
          )}
          <Link to={urls.account.notificationPreferences()}>How you are told</Link>
        </div>
      </header>
      <NotificationList notifications={notifications} />
      <Paging page={page} pages={Math.ceil(total / perPage)} to={(number) => `?page=${number}`} />
    </>
  )
}
