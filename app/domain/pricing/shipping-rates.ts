/** What shipping costs. Amounts in minor units, weights in grams. */

/** `below` is exclusive; null is without an end. */
export type RateTier = { from: number; below: number | null; rate: number }

export type ShippingMethod = {
  id: string
  title: string
  daysMin: number
  daysMax: number
  /** The customer collects the order at the store's address. */
  isPickup: boolean
  price: { by: 'flat'; rate: number } | { by: 'weight' | 'subtotal'; tiers: RateTier[] }
  /** Free for orders of at least this subtotal. */
  freeFrom: number | null
}

export type ShippingZone = {
  id: number
  title: string
  /** Without places it is the rest of the world; without a region, a whole country. */
  places: { country: string; region: string | null }[]
  methods: ShippingMethod[]
}

/** The zone of an address: by its region, else by its country, else the rest of the world. Null: not served. */
export function findZone(
  zones: ShippingZone[],
  address: { country: string; region: string },
): ShippingZone | null {
  const has = (region: string | null) => (zone: ShippingZone) =>
    zone.places.some((place) => place.country === address.country && place.region === region)
  return (
    zones.find(has(address.region || '-')) ??
    zones.find(has(null)) ??
    zones.find((zone) => zone.places.length === 0) ??
    null
  )
}

/**
 * The methods that are offered and their rates. `subtotal` is that of all lines after discounts, `weight` that of the
 * lines that ship. A method without a tier for the order is not offered.
 */
export function rateMethods(
  methods: ShippingMethod[],
  order: { subtotal: number; weight: number },
): { method: ShippingMethod; rate: number }[] {
  return methods.flatMap((method) => {
    const rate = rateOf(method, order)
    return rate === null ? [] : [{ method, rate }]
  })
}

function rateOf(
  { price, freeFrom }: ShippingMethod,
  order: { subtotal: number; weight: number },
): number | null {
  const rate = price.by === 'flat' ? price.rate : tierRate(price.tiers, order[price.by])
  return rate !== null && freeFrom !== null && order.subtotal >= freeFrom ? 0 : rate
}

function tierRate(tiers: RateTier[], measure: number): number | null {
  return tiers.find(({ from, below }) => measure >= from && (below === null || measure < below))?.rate ?? null
}
