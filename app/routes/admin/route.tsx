import type { LoaderFunctionArgs } from '@remix-run/node'
import {
  Outlet,
  isRouteErrorResponse,
  Link,
  useLoaderData,
  useLocation,
  useRouteError,
} from '@remix-run/react'
import { Blank } from '#app/components/admin/blank.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { countOrders } from '#app/domain/orders/list-orders.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import styles from '#app/styles/admin/index.css?url'
import { urls } from '#app/urls.ts'
import { Menu, SideBar } from './side-bar.tsx'

export const handle = { access: 'any-staff' } satisfies RouteHandle

export const links = () => [{ rel: 'stylesheet', href: styles }]

export const headers = () => ({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await userOf(request)
  const [settings, orders] = await Promise.all([getSettings(), countOrders()])
  return {
    user: { name: user.name, email: user.email },
    shopName: settings?.shopName ?? 'Till',
    openOrders: orders.open,
  }
}

export const shouldRevalidate = reloadsOn(['admin', 'order'])

export default function Admin() {
  const facts = useLoaderData<typeof loader>()
  const { pathname } = useLocation()
  return (
    <div className="admin">
      <a className="admin__skip" href="#content">
        Skip to the content
      </a>
      <SideBar {...facts} />
      <Menu key={pathname} {...facts} />
      <main className="admin__main" id="content">
        <div className="admin__page">
          <Outlet />
        </div>
      </main>
    </div>
  )
}

/** An error inside one page: the words stand where the page would, without the frame's data. */
export function ErrorBoundary() {
  const error = useRouteError()
  const isMissing = isRouteErrorResponse(error) && error.status === 404
  return (
    <main className="admin__main admin">
      <div className="admin__page">
        <Blank level="h1" title={isMissing ? 'This is not here' : 'Something went wrong'}>
          <p>
            {isMissing
              ? 'It was deleted, or the address is not right.'
              : 'Nothing was changed. Try again; if it happens again, look into the log of the shop.'}
          </p>
          <Link className="button" to={urls.admin.home()}>
            To the admin’s first page
          </Link>
        </Blank>
      </div>
    </main>
  )
}
