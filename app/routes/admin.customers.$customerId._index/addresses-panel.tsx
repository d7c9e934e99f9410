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
                {[...address.lines, address.phone].filter(Boolean).join('\n')}
              </address>
              {address.isDefault && <span className="soft small">Default</span>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
