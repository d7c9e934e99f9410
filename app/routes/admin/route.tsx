import type { LoaderFunctionArgs } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Link,
  Outlet,
  useLoaderData,
  useLocation,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import { Blank } from '#app/components/admin/blank.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { mayUse, noAccess } from '#app/domain/accounts/access.ts'
import { countUnread } from '#app/domain/notifications/notifications.server.ts'
import { countOrders } from '#app/domain/orders/list-orders.server.ts'
import { livePosition } from '#app/domain/realtime/the-hub.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { grantToVisitor } from '#app/http/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { signedInVisitor } from '#app/http/guards.server.ts'
import styles from '#app/styles/admin/index.css?url'
import { urls } from '#app/urls.ts'
import { Menu, SideBar, type SideBarFacts } from './side-bar.tsx'

export const handle = { access: 'any-staff' } satisfies RouteHandle

export const links = () => [{ rel: 'stylesheet', href: styles }]

export const headers = () => ({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })

export async function loader({ request }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId, user } = await signedInVisitor(request)
  const [settings, orders, unread] = await Promise.all([
    getSettings(),
    mayUse(user, 'orders') ? countOrders() : null,
    countUnread(user.id),
  ])
  const { name, email, role, areas } = user
  return {
    user: { name, email, role, areas },
    shopName: settings?.shopName ?? 'Till',
    openOrders: orders?.open ?? null,
    unread,
    live: grantToVisitor(request, { sessionId, position, topics: [topics.user(user.id)] }),
  } satisfies SideBarFacts & { live?: string }
}

export const shouldRevalidate = reloadsOn(['admin', 'order', 'user'])

export default function Admin() {
  return (
    <Frame facts={useLoaderData<typeof loader>()}>
      <Outlet />
    </Frame>
  )
}

/** What went wrong on a page stands where the page would; the side bar stays when its own data is there. */
export function ErrorBoundary() {
  const facts = useRouteLoaderData<typeof loader>('routes/admin')
  return facts ? (
    <Frame facts={facts}>
      <Trouble />
    </Frame>
  ) : (
    <main className="admin__main admin" id="content">
      <div className="admin__page">
        <Trouble />
      </div>
    </main>
  )
}

function Frame({ facts, children }: { facts: SideBarFacts; children: React.ReactNode }) {
  const { pathname } = useLocation()
  return (
    <div className="admin">
      <a className="admin__skip" href="#content">
        Skip to the content
      </a>
      <SideBar {...facts} />
      <Menu key={pathname} {...facts} />
      <main className="admin__main" id="content">
        <div className="admin__page">{children}</div>
      </main>
    </div>
  )
}

function Trouble() {
  const { title, text } = wordsFor(useRouteError())
  return (
    <Blank level="h1" title={title}>
      <p>{text}</p>
      <Link className="button" to={urls.admin.home()}>
        To the admin’s first page
      </Link>
    </Blank>
  )
}

function wordsFor(error: unknown): { title: string; text: string } {
  const status = isRouteErrorResponse(error) ? error.status : 500
  if (isRouteErrorResponse(error) && error.data === noAccess)
    return {
      title: 'This is not open to you',
      text: 'Your role does not include this part of the admin. Somebody who manages the staff can change that.',
    }
  if (status === 404)
    return { title: 'This is not here', text: 'It was deleted, or the address is not right.' }
  if (status === 403)
    return {
      title: 'This form has gone stale',
      text: 'Nothing was changed. Go back, load the page again and send it once more.',
    }
  if (status === 429)
    return { title: 'A moment, please', text: 'Those were too many tries. Wait a while, then try again.' }
  return {
    title: 'Something went wrong',
    text: 'Nothing was changed. Try again; if it happens again, look into the log of the shop.',
  }
}
