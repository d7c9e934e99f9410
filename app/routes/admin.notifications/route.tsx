import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { Blank } from '#app/components/admin/blank.tsx'
import { pageOf, withParams } from '#app/components/admin/list-params.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Pages } from '#app/components/admin/pages.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { NotificationList, ReadAll } from '#app/components/notification-list.tsx'
import { listNotifications, notificationsPerPage } from '#app/domain/notifications/notifications.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'any-staff' } satisfies RouteHandle

export const meta = () => adminMeta('Notifications')

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const page = pageOf(new URL(request.url).searchParams)
  return { ...(await listNotifications(user.id, page)), page, perPage: notificationsPerPage }
}

export const shouldRevalidate = reloadsOn(['user'])

export default function Notifications() {
  const { notifications, total, page, perPage } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  return (
    <>
      <PageHead title="Notifications" about="What happened in the parts of the shop that are yours.">
        <Link className="button" to={urls.account.notificationPreferences()}>
          How you are told
        </Link>
        {notifications.some(({ isRead }) => !isRead) && (
          <ReadAll upTo={notifications[0]!.id} next={urls.admin.notifications()} />
        )}
      </PageHead>
      <div className="panel">
        {notifications.length === 0 ? (
          <Blank title="Nothing happened yet">
            <p>New orders, goods that run out and imports that are done appear here by themselves.</p>
          </Blank>
        ) : (
          <NotificationList notifications={notifications} />
        )}
        <Pages
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
