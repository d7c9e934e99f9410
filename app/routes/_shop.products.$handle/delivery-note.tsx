import { ReturnIcon, TruckIcon } from '#app/components/icons.tsx'
import { useMoney, useShop } from '#app/components/shop.ts'

type Delivery = { label: string; rate: number | null; arrives: string | null }

/** What shipping costs, when the product arrives, and whom to ask about a return. */
export function DeliveryNote({ delivery }: { delivery: Delivery | null }) {
  const shop = useShop()
  const money = useMoney()
  return (
    <ul role="list" className="delivery">
      {delivery && (
        <li>
          <TruckIcon />
          <p>
            {delivery.arrives && <strong>Arrives {delivery.arrives}</strong>}
            <span className="soft">
              {delivery.rate === 0
                ? 'Free shipping'
                : [delivery.label, delivery.rate && money(delivery.rate)].filter(Boolean).join(', ')}
            </span>
          </p>
        </li>
      )}
      {shop && (
        <li>
          <ReturnIcon />
          <p>
            <span className="soft">
              Returns and questions: <a href={`mailto:${shop.contactEmail}`}>{shop.contactEmail}</a>
            </span>
          </p>
        </li>
      )}
    </ul>
  )
}
