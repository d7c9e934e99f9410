import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { AccountStatus } from '#app/components/admin/user-status.tsx'
import { can } from '#app/domain/access/access.ts'
import { formatCount } from '#app/domain/intl.ts'
import { listAddresses } from '#app/domain/accounts/addresses.server.ts'
import { listConsents } from '#app/domain/consents/consents.server.ts'
import { getCustomer, listCustomerOrders } from '#app/domain/customers/customers.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'
import { AddressesPanel } from './addresses-panel.tsx'
import { ConsentPanel } from './consent-panel.tsx'
import { DetailsPanel } from './details-panel.tsx'
import { OrdersPanel } from './orders-panel.tsx'

export const handle = { access: 'customers' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.customer.name ?? 'Customer')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const me = await requireUser(request)
  const customer = orNotFound(await getCustomer(parseId(params.customerId)))
  const [addresses, orders, consents, settings] = await Promise.all([
    listAddresses(customer.id),
    listCustomerOrders(customer.id),
    listConsents(customer.email),
    getSettings(),
  ])
  const { locale } = orNotFound(settings)
  return {
    customer,
    orders,
    consents,
    addresses: addresses.map((address) => ({ ...address, lines: addressLines(address, locale) })),
    may: { orders: can(me, 'orders'), staff: can(me, 'staff') },
  }
}

export type CustomerPage = Awaited<ReturnType<typeof loader>>

export default function Customer() {
  const page = useLoaderData<typeof loader>()
  const { customer, may } = page
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.customers(), label: 'Customers' }]}
        title={customer.name}
        mark={<AccountStatus {...customer} />}
      >
        {may.staff && (
          <Link className="button" to={urls.admin.activityOf('users', customer.id)}>
            History
          </Link>
        )}
      </PageHead>
      <div className="columns">
        <div>
          <OrdersPanel {...page} />
          <AddressesPanel {...page} />
        </div>
        <div>
          <DetailsPanel {...page} />
          <ConsentPanel {...page} />
          <AccessPanel {...page} />
        </div>
      </div>
    </>
  )
}

function AccessPanel({ customer }: CustomerPage) {
  const { id, devices, disabledAt } = customer
  return (
    <Panel title="Access">
      <div className="fields">
        {devices > 0 && (
          <ActionForm to={urls.admin.deleteCustomerSessions(id)}>
            Sign out {formatCount(devices, 'device')}
          </ActionForm>
        )}
        {disabledAt ? (
          <ActionForm to={urls.admin.unsuspendCustomer(id)}>Unsuspend</ActionForm>
        ) : (
          <div className="field">
            <ActionForm to={urls.admin.suspendCustomer(id)} look="button button--danger">
              Suspend
            </ActionForm>
            <p className="field__hint">
              Signs them out and blocks sign-in. Existing orders continue, and they can still order as a
              guest.
            </p>
          </div>
        )}
      </div>
    </Panel>
  )
}
