import {
  listManualCollections,
  setProductCollections,
} from '#app/domain/collections/collection-members.server.ts'
import { copyProduct } from '#app/domain/products/copy-product.server.ts'
import { auditedTransaction } from '#db/client.ts'

/**
 * Copies a product as a draft without stock, SKUs and barcodes, and puts the copy into the same manual collections.
 * Returns the ID of the copy; null when there is no such product.
 */
export async function duplicateProduct(id: number, by: number): Promise<{ id: number } | null> {
  const collections = await listManualCollections(id)
  const to = collections.flatMap((collection) => (collection.isMember ? [collection.id] : []))
  return auditedTransaction(by, async (tx) => {
    const copy = await copyProduct(tx, id)
    if (copy === null) return null
    await setProductCollections(tx, { productId: copy, from: [], to })
    return { id: copy }
  })
}
