import { listPriorPrices } from '#app/domain/pricing/price-history.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'

/** Prior prices of these reduced variants, by variant id; undefined where the store does not show them. */
export async function getShownPriorPrices(variantIds: number[]): Promise<Map<number, number> | undefined> {
  if (variantIds.length === 0 || !(await getSettings())?.showsLowestPrice) return undefined
  return listPriorPrices(variantIds)
}
