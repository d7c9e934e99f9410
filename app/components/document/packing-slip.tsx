import { useShop } from '#app/components/shop.ts'
import { DocumentAddress, DocumentFacts, DocumentHead } from './document-page.tsx'

type PackedLine = {
  id: number
  title: string
  variantTitle: string
  sku: string
  quantity: number
  toPack: number
}

/** What is in a parcel, without prices. */
export function PackingSlip({
  slip,
}: {
  slip: {
    name: string
    isPickup: boolean
    shippingLabel: string
    phone: string
    customerNote: string
    packed: PackedLine[]
    address: string[]
    from: string
    placedOn: string
  }
}) {
  const { name, isPickup, packed } = slip
  const shop = useShop()
  return (
    <>
      <DocumentHead seller={{ name: shop?.name ?? '', address: slip.from }} title={`Packing slip ${name}`} />
      <div className="document__parties">
        <DocumentAddress title={isPickup ? 'Pickup by' : 'Ship to'} lines={slip.address} />
        <DocumentFacts
          facts={[
            ['Order', name],
            ['Order date', slip.placedOn],
            [isPickup ? 'Local pickup' : 'Shipping method', slip.shippingLabel],
            ['Phone', slip.phone],
          ]}
        />
      </div>
      {packed.length === 0 ? <p>This order has no items to ship.</p> : <PackedLines packed={packed} />}
      {slip.customerNote && (
        <section className="document__party">
          <h2>Customer note</h2>
          <p dir="auto">{slip.customerNote}</p>
        </section>
      )}
    </>
  )
}

function PackedLines({ packed }: { packed: PackedLine[] }) {
  return (
    <table className="document__lines document__lines--packing">
      <caption className="visually-hidden">Items to pack</caption>
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">Quantity</th>
        </tr>
      </thead>
      <tbody>
        {packed.map((line) => (
          <tr key={line.id}>
            <th scope="row">
              <bdi>
                {line.title}
                {line.variantTitle && `, ${line.variantTitle}`}
              </bdi>
              {line.sku && <small>{line.sku}</small>}
            </th>
            <td>
              <b>{line.toPack}</b> of {line.quantity}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
