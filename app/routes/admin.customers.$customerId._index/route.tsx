import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { AccountStatus } from '#app/components/admin/person-states.tsx'
import { mayUse } from '#app/domain/accounts/access.ts'
import { listAddresses } from '#app/domain/accounts/addresses.server.ts'
import { getCustomer, listOrdersOf } from '#app/domain/accounts/customers.server.ts'
import { countryName } from '#app/domain/shipping/countries.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'
import { AddressesPanel } from './addresses-panel.tsx'
import { FactsPanel } from './facts-panel.tsx'
import { OrdersPanel } from './orders-panel.tsx'

export const handle = { access: 'customers' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.customer.name ?? 'Customer')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const me = await userOf(request)
  const customer = orNotFound(await getCustomer(idOf(params.customerId)))
  const [addresses, orders] = await Promise.all([listAddresses(customer.id), listOrdersOf(customer.id)])
  return {
    customer,
    orders,
    // Named here: a browser may know a country by another name.
    addresses: addresses.map((address) => ({ ...address, country: countryName(address.country, 'en') })),
    may: { orders: mayUse(me, 'orders'), staff: mayUse(me, 'staff') },
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
          <FactsPanel {...page} />
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
          <ActionForm to={urls.admin.customerSessionsDeletion(id)}>
            Sign out {devices === 1 ? '1 device' : `${devices} devices`}
          </ActionForm>
        )}
        {disabledAt ? (
          <ActionForm to={urls.admin.customerSuspensionDeletion(id)}>Lift the suspension</ActionForm>
        ) : (
          <div className="field">
            <ActionForm to={urls.admin.customerSuspension(id)} look="button button--danger">
              Suspend
            </ActionForm>
            <p className="field__hint">
              Signs them out at once and keeps them out until it is lifted. Their orders go on, and they can
              still order as a guest.
            </p>
          </div>
        )}
      </div>
    </Panel>
  )
}
