import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { NoEmailService } from '#app/components/admin/no-email-service.tsx'
import { useShop } from '#app/components/shop.ts'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { type Permission, permissions, permissionLabels, can } from '#app/domain/access/access.ts'
import { listFormat } from '#app/domain/intl.ts'
import { roleLabels } from '#app/domain/access/roles.ts'
import { isEmailServiceSet } from '#app/domain/mail/delivery.server.ts'
import { getFooterLinks } from '#app/domain/pages/pages.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { countCatalogTasks, countOrderTasks, getSales } from '#app/domain/reports/overview.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { grantToVisitor } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { signedInVisitor } from '#app/http/session/guards.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'
import { Figures } from './figures.tsx'
import { SetupGuide } from './setup-guide.tsx'
import { Tasks } from './tasks.tsx'

export const handle = { access: 'any-staff' } satisfies RouteHandle

export const meta = () => adminMeta('Home')

/** Figures of a part of the admin need its permission. */
export async function loader({ request }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId, user: staff } = await signedInVisitor(request)
  const shop = orNotFound(await getSettings())
  const { lowStockThreshold: lowStock } = shop
  const [orders, catalog, { policies }] = await Promise.all([
    can(staff, 'orders')
      ? Promise.all([countOrderTasks(), getSales(shop.timeZone)]).then(([tasks, sales]) => ({ tasks, sales }))
      : null,
    can(staff, 'catalog') ? countCatalogTasks(lowStock).then((tasks) => ({ tasks, lowStock })) : null,
    getFooterLinks(),
  ])
  const isRunByThem = orders && catalog && can(staff, 'settings')
  return {
    name: staff.name,
    role: staff.role,
    hasTwoFactor: staff.hasTwoFactor,
    permissions: permissions.filter((permission) => can(staff, permission)),
    orders,
    catalog,
    /** Users who can invite staff are asked to set up two-factor authentication, even when it is not required. */
    needsTwoFactor: !staff.hasTwoFactor && can(staff, 'staff'),
    /** For users who can complete all of them. */
    steps: isRunByThem && {
      hasProducts: catalog.tasks.all > 0,
      isOnSale: catalog.tasks.active > 0,
      hasRate: shop.version > 1,
      hasBank: shop.bankDetails !== '' || !shop.acceptsBankTransfer,
      hasPolicies: policies.length > 0,
      hasTwoFactor: staff.hasTwoFactor,
      sendsEmail: isEmailServiceSet(),
    },
    live: grantToVisitor(request, {
      sessionId,
      position,
      topics: can(staff, 'orders') ? [topics.admin] : [],
    }),
  }
}

/** Revalidates for order events; low stock is covered by notifications. */
export const shouldRevalidate = revalidateOn(['admin', 'user'])

export type HomePage = Awaited<ReturnType<typeof loader>>

export default function Home() {
  const page = useLoaderData<typeof loader>()
  const { name, orders, catalog, steps } = page
  const shop = useShop()
  const hasOrders = orders !== null && orders.tasks.all > 0
  const isNew = steps && !hasOrders && !(steps.isOnSale && steps.hasRate && steps.hasBank)
  return (
    <>
      <PageHead title={name ? `Hello, ${name}` : 'Hello'} />
      {isNew && <SetupGuide {...steps} />}
      {!isNew && (
        <div className="notices">
          {page.needsTwoFactor && <TwoFactorRequest />}
          {!shop?.sendsEmail && <NoEmailService />}
        </div>
      )}
      {hasOrders && <Figures {...orders} />}
      {(orders || catalog) && (!isNew || steps.hasProducts) && (
        <div className="apart">
          <Panel
            title="To do"
            flush
            foot={<Link to={urls.admin.storeHealth()}>Check the store’s health</Link>}
          >
            <Tasks {...page} />
          </Panel>
        </div>
      )}
      {!steps && <Permissions {...page} />}
    </>
  )
}

function TwoFactorRequest() {
  return (
    <section className="notice notice--warn" aria-labelledby="two-factor">
      <h2 id="two-factor">Protect your account</h2>
      <p>
        You can manage staff, so a stolen password would give full access to the store.{' '}
        <Link to={urls.account.twoFactor()}>Set up two-factor authentication</Link>.
      </p>
    </section>
  )
}

/** For users without all permissions: what they can use, and who can change that. */
function Permissions({ role, permissions, hasTwoFactor }: HomePage) {
  return (
    <div className="apart">
      <Panel title="Your access">
        {permissions.length === 0 ? (
          <p>You don’t have any permissions yet. Ask an administrator to grant them on the Staff page.</p>
        ) : (
          <p>
            As {roleLabels[role].toLowerCase()} you have access to {listText(permissions)}. Ask an
            administrator for more.
          </p>
        )}
        {!hasTwoFactor && (
          <p className="soft small apart">
            Protect your account: <a href={urls.account.twoFactor()}>set up two-factor authentication</a>.
          </p>
        )}
      </Panel>
    </div>
  )
}

function listText(open: Permission[]): string {
  return listFormat('en-GB', undefined).format(
    open.map((permission) => permissionLabels[permission].toLowerCase()),
  )
}
