import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { type Area, areas, areaText, mayUse } from '#app/domain/accounts/access.ts'
import { roleText } from '#app/domain/accounts/accounts.ts'
import { livePosition } from '#app/domain/realtime/the-hub.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { countCatalogueTasks, countOrderTasks, getSales } from '#app/domain/reports/overview.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { grantToVisitor } from '#app/http/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { signedInVisitor } from '#app/http/guards.server.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'
import { Figures } from './figures.tsx'
import { FirstSteps } from './first-steps.tsx'
import { Tasks } from './tasks.tsx'

export const handle = { access: 'any-staff' } satisfies RouteHandle

export const meta = () => adminMeta('Home')

/** Nobody gets figures of an area that is not open to them. */
export async function loader({ request }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId, user: staff } = await signedInVisitor(request)
  const shop = orNotFound(await getSettings())
  const { lowStockThreshold: lowStock } = shop
  const [orders, catalogue] = await Promise.all([
    mayUse(staff, 'orders')
      ? Promise.all([countOrderTasks(), getSales(shop.timeZone)]).then(([tasks, sales]) => ({ tasks, sales }))
      : null,
    mayUse(staff, 'catalogue') ? countCatalogueTasks(lowStock).then((tasks) => ({ tasks, lowStock })) : null,
  ])
  const isRunByThem = orders && catalogue && mayUse(staff, 'settings')
  return {
    name: staff.name,
    role: staff.role,
    hasTwoFactor: staff.hasTwoFactor,
    areas: areas.filter((area) => mayUse(staff, area)),
    orders,
    catalogue,
    /** Whoever can let others in is asked for two-factor authentication, though only the setting demands it. */
    needsTwoFactor: !staff.hasTwoFactor && mayUse(staff, 'staff'),
    /** For those who can take all of them. */
    steps: isRunByThem && {
      hasProducts: catalogue.tasks.all > 0,
      isOnSale: catalogue.tasks.active > 0,
      hasRate: shop.version > 1,
      hasBank: shop.bankDetails !== '' || !shop.acceptsBankTransfer,
      hasTwoFactor: staff.hasTwoFactor,
    },
    live: grantToVisitor(request, {
      sessionId,
      position,
      topics: mayUse(staff, 'orders') ? [topics.admin] : [],
    }),
  }
}

/** Orders as they come and change; what runs out comes with the bell. */
export const shouldRevalidate = reloadsOn(['admin', 'user'])

export type HomePage = Awaited<ReturnType<typeof loader>>

export default function Home() {
  const page = useLoaderData<typeof loader>()
  const { name, orders, catalogue, steps } = page
  const hasOrders = orders !== null && orders.tasks.all > 0
  const isNew = steps && !hasOrders && !(steps.isOnSale && steps.hasRate && steps.hasBank)
  return (
    <>
      <PageHead title={name ? `Hello, ${name}` : 'Hello'} />
      {isNew && <FirstSteps {...steps} />}
      {page.needsTwoFactor && !isNew && <TwoFactorRequest />}
      {hasOrders && <Figures {...orders} />}
      {(orders || catalogue) && (!isNew || steps.hasProducts) && (
        <div className="apart">
          <Panel title="What needs doing" flush>
            <Tasks {...page} />
          </Panel>
        </div>
      )}
      {!steps && <Rights {...page} />}
    </>
  )
}

function TwoFactorRequest() {
  return (
    <section className="notice notice--warn" aria-labelledby="two-factor">
      <h2 id="two-factor">Protect your account</h2>
      <p>
        You can change who works in this shop, so a stolen password of yours opens all of it.{' '}
        <Link to={urls.account.twoFactor()}>Set up two-factor authentication</Link>.
      </p>
    </section>
  )
}

/** For those to whom not everything is open: what is, and who can change that. */
function Rights({ role, areas, hasTwoFactor }: HomePage) {
  return (
    <div className="apart">
      <Panel title="What is open to you">
        {areas.length === 0 ? (
          <p>
            You are on the staff, and no part of the admin is open to you yet. Ask whoever invited you to open
            the areas you need; they can do it on the page “Staff”.
          </p>
        ) : (
          <p>
            As {roleText[role].toLowerCase()} you may use {inWords(areas)}. Other areas are opened by somebody
            who manages the staff.
          </p>
        )}
        {!hasTwoFactor && (
          <p className="soft small apart">
            Keep your account safe: <a href={urls.account.twoFactor()}>set up a second factor</a>.
          </p>
        )}
      </Panel>
    </div>
  )
}

function inWords(open: Area[]): string {
  return new Intl.ListFormat('en-GB').format(open.map((area) => areaText[area].toLowerCase()))
}
