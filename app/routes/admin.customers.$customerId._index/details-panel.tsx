import { DateTime } from '#app/components/date-time.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { useMoney } from '#app/components/shop.ts'
import { formatCount } from '#app/domain/intl.ts'
import type { CustomerPage } from './route.tsx'

export function DetailsPanel({ customer }: CustomerPage) {
  const money = useMoney()
  return (
    <Panel title="Customer details">
      <dl className="facts">
        <div>
          <dt>Email</dt>
          <dd>
            <a href={`mailto:${encodeURIComponent(customer.email)}`}>{customer.email}</a>
            <span className="sub">
              {customer.emailVerifiedAt ? (
                <>
                  verified <DateTime at={customer.emailVerifiedAt} as="day" />
                </>
              ) : (
                'not verified'
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
          <dt>Orders</dt>
          <dd>
            {formatCount(customer.orders, 'order')}, {money(customer.spent)}
          </dd>
        </div>
        <div>
          <dt>Two-factor authentication</dt>
          <dd>{customer.hasTwoFactor ? 'On' : 'Off'}</dd>
        </div>
        <div>
          <dt>Account created</dt>
          <dd>
            <DateTime at={customer.createdAt} as="day" />
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
