import type { Tx } from '#db/client.ts'
import { stockLedger, variants } from '#db/schema/catalog.ts'
import { combinations } from './options.ts'
import { refreshPriceRange } from './price-range.server.ts'
import type { NewProduct } from './product.schema.ts'
import { variantColumns } from './variant-editor.server.ts'

/** Inserts the variants of a new product, one per combination of its options, with their stock and its ledger rows. */
export async function insertVariants(
  tx: Tx,
  input: NewProduct & { productId: number; by: number },
): Promise<void> {
  const { productId, stock, by } = input
  const matrix = combinations(input.options.map((option) => option.values))
  const isSingle = matrix.length === 1
  const columns = {
    ...variantColumns(input),
    sku: isSingle ? input.sku : '',
    barcode: isSingle ? input.barcode : '',
  }
  const made = await tx
    .insert(variants)
    .values(
      matrix.map((optionValues, index) => ({
        ...columns,
        productId,
        position: index + 1,
        optionValues,
        stock,
      })),
    )
    .returning({ id: variants.id })
  if (stock !== 0)
    await tx.insert(stockLedger).values(
      made.map(({ id }) => ({
        variantId: id,
        delta: stock,
        balance: stock,
        reason: 'initial' as const,
        byUserId: by,
      })),
    )
  await refreshPriceRange(tx, [productId])
}
