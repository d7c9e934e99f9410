import { useMoney } from '#app/components/shop.ts'

/** What the customer pays or gets back after the edit. */
export function Difference({
  order,
  preview,
}: {
  order: { receivedTotal: number }
  preview: { total: number } | null
}) {
  const money = useMoney()
  if (!preview || order.receivedTotal === 0) return null
  const difference = preview.total - order.receivedTotal
  if (difference === 0) return null
  return (
    <p className="small">
      {difference > 0
        ? `The customer still has to pay ${money(difference)}.`
        : `The customer has paid ${money(-difference)} too much, to be refunded.`}
    </p>
  )
}
