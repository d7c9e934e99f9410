import { Panel } from '#app/components/admin/panel.tsx'
import type { CustomerPage } from './route.tsx'

export function AddressesPanel({ addresses }: CustomerPage) {
  return (
    <Panel title="Addresses">
      {addresses.length === 0 ? (
        <p className="soft">No saved addresses.</p>
      ) : (
        <ul className="fields fields--2" role="list">
          {addresses.map((address) => (
            <li key={address.id}>
              <address className="address" dir="auto">
                {linesOf(address).filter(Boolean).join('\n')}
              </address>
              {address.isDefault && <span className="soft small">Default</span>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function linesOf(address: CustomerPage['addresses'][number]): string[] {
  const { name, company, line1, line2, postcode, city, region, country, phone } = address
  return [name, company, line1, line2, [postcode, city].filter(Boolean).join(' '), region, country, phone]
}
