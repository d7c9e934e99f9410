import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { pageOf, withParams } from '#app/components/admin/list-params.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Pagination } from '#app/components/admin/pagination.tsx'
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
  return { ...(await listNotifications(user.id, page)), page, perPage: notificationsPerPage }
}

export const shouldRevalidate = revalidateOn(['user'])

export default function Notifications() {
  const { notifications, total, page, perPage } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  return (
    <>
      <PageHead title="Notifications" about="Updates for the areas you manage.">
        <Link className="button" to={urls.account.notificationPreferences()}>
          Notification settings
        </Link>
        {notifications.some(({ isRead }) => !isRead) && (
          <ReadAll upTo={notifications[0]!.id} next={urls.admin.notifications()} />
        )}
      </PageHead>
      <div className="panel">
        {notifications.length === 0 ? (
          <EmptyState title="No notifications">
            <p>Orders, low stock and imports appear here.</p>
          </EmptyState>
        ) : (
          <NotificationList notifications={notifications} />
        )}
        <Pagination
          page={page}
          perPage={perPage}
          total={total}
          noun={['notification', 'notifications']}
          to={(to) => withParams(params, { page: to })}
        />
      </div>
    </>
  )
}
