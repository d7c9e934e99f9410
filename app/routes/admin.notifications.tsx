import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { pageOf } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { NotificationList, ReadAll } from '#app/components/notification-list.tsx'
import { listNotifications, notificationsPerPage } from '#app/domain/notifications/notifications.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'any-staff' } satisfies RouteHandle

export const meta = () => adminMeta('Notifications')

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const page = pageOf(new URL(request.url).searchParams)
  return { ...(await listNotifications(user.id, 'staff', page)), page, perPage: notificationsPerPage }
}

export const shouldRevalidate = revalidateOn(['user'])

export default function Notifications() {
  const { notifications, total, page, perPage } = useLoaderData<typeof loader>()
  return (
    <ListPage
      title="Notifications"
      about="Updates for the areas you manage. Your own orders are in your account."
      actions={
        <>
          <Link className="button" to={urls.account.notificationPreferences()}>
            Notification settings
          </Link>
          {notifications.some(({ isRead }) => !isRead) && (
            <ReadAll audience="staff" upTo={notifications[0]!.id} next={urls.admin.notifications()} />
          )}
        </>
      }
      rows={notifications}
      empty={{ title: 'No notifications', children: <p>Orders, low stock and imports appear here.</p> }}
      pages={{ page, perPage, total, noun: ['notification', 'notifications'] }}
    >
      <NotificationList audience="staff" notifications={notifications} />
    </ListPage>
  )
}
