import { listPriorPrices } from '#app/domain/pricing/price-history.server.ts'
import { isReduced } from '#app/domain/pricing/prior-price.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'

/** Prior prices of these reduced variants, by variant id; undefined where the store does not show them. */
export async function getShownPriorPrices(variantIds: number[]): Promise<Map<number, number> | undefined> {
  if (variantIds.length === 0 || !(await getSettings())?.showsLowestPrice) return undefined
  return listPriorPrices(variantIds)
}

/**
 * The variant's prior price for staff: null when its compare-at price is not shown because there is none, undefined
 * when it is not reduced or the store does not show prior prices.
 */
export async function getPriorPriceForStaff(variant: {
  id: number
  price: number | null
  compareAtPrice: number | null
}): Promise<number | null | undefined> {
  if (!isReduced(variant)) return undefined
  const priorPrices = await getShownPriorPrices([variant.id])
  return priorPrices && (priorPrices.get(variant.id) ?? null)
}
