import { Moment } from '#app/components/moment.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { useMoney } from '#app/components/shop.ts'
import type { CustomerPage } from './route.tsx'

export function FactsPanel({ customer }: CustomerPage) {
  const money = useMoney()
  return (
    <Panel title="About them">
      <dl className="facts">
        <div>
          <dt>E-mail</dt>
          <dd>
            <a href={`mailto:${encodeURIComponent(customer.email)}`}>{customer.email}</a>
            <span className="sub">
              {customer.emailVerifiedAt ? (
                <>
                  proved <Moment at={customer.emailVerifiedAt} as="day" />
                </>
              ) : (
                'not proved: no link sent to it came back'
              )}
            </span>
          </dd>
        </div>
        {customer.phone && (
          <div>
            <dt>Phone</dt>
            <dd>
              <a href={`tel:${customer.phone.replace(/[^+\d]/g, '')}`}>{customer.phone}</a>
            </dd>
          </div>
        )}
        <div>
          <dt>Ordered</dt>
          <dd>
            {money(customer.spent)} with {customer.orders.toLocaleString('en')}{' '}
            {customer.orders === 1 ? 'order' : 'orders'}
          </dd>
        </div>
        <div>
          <dt>Second factor</dt>
          <dd>{customer.hasTwoFactor ? 'On' : 'Off'}</dd>
        </div>
        <div>
          <dt>Account since</dt>
          <dd>
            <Moment at={customer.createdAt} as="day" />
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
