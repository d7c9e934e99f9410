import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import {
  DocumentAddress,
  DocumentFacts,
  DocumentHead,
  documentLinks,
  DocumentPage,
} from '#app/components/document/document-page.tsx'
import { useShop } from '#app/components/shop.ts'
import { dateFormat } from '#app/domain/intl.ts'
import { orderName, shippingAddress } from '#app/domain/orders/orders.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { linesToPack } from '#app/domain/orders/packing.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

export const links = documentLinks

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data ? `Packing slip of ${orderName(data.order)}` : 'Packing slip')

export async function loader({ params }: LoaderFunctionArgs) {
  const [found, settings] = await Promise.all([getOrder(parseId(params.orderId)), getSettings()])
  const { order, lines } = orNotFound(found)
  const { locale, timeZone, paperSize, contactAddress } = orNotFound(settings)
  return {
    order,
    packed: linesToPack(lines),
    address: addressLines(shippingAddress(order), locale),
    from: contactAddress,
    placedOn: dateFormat(locale, { dateStyle: 'long', timeZone }).format(order.placedAt),
    paper: paperSize,
  }
}

export default function PackingSlip() {
  const { order, packed, address, from, placedOn, paper } = useLoaderData<typeof loader>()
  const shop = useShop()
  const name = orderName(order)
  return (
    <DocumentPage back={{ to: urls.admin.order(order.id), label: `Order ${name}` }} paper={paper}>
      <DocumentHead seller={{ name: shop?.name ?? '', address: from }} title={`Packing slip ${name}`} />
      <div className="document__parties">
        <DocumentAddress title={order.isPickup ? 'Pickup by' : 'Ship to'} lines={address} />
        <DocumentFacts
          facts={[
            ['Order', name],
            ['Order date', placedOn],
            [order.isPickup ? 'Local pickup' : 'Shipping method', order.shippingLabel],
            ['Phone', order.phone],
          ]}
        />
      </div>
      {packed.length === 0 ? (
        <p>This order has no items to ship.</p>
      ) : (
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
      )}
      {order.customerNote && (
        <section className="document__party">
          <h2>Customer note</h2>
          <p dir="auto">{order.customerNote}</p>
        </section>
      )}
    </DocumentPage>
  )
}
