import { asc, eq } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { productImages, products, variants } from '#db/schema/catalog.ts'
import { freeHandleFor } from './edit-product.server.ts'

/**
 * Copies a product with its images and variants, as a step of the caller's transaction; returns the ID of the copy, null
 * when there is no such product. The copy is a draft with a title and handle of its own. SKUs and barcodes identify an
 * item, so they are not copied, and there is no stock.
 */
export async function copyProduct(tx: Tx, originalId: number): Promise<number | null> {
  const [original] = await tx.select().from(products).where(eq(products.id, originalId)).for('no key update')
  if (!original) return null
  const { id: _, optionCount: __, version: ___, createdAt: ____, updatedAt: _____, ...columns } = original
  const title = `Copy of ${original.title}`.slice(0, 255)
  const handle = await freeHandleFor(tx, title)
  const [copy] = await tx
    .insert(products)
    .values({ ...columns, title, handle, status: 'draft', publishedAt: null })
    .returning({ id: products.id })
  const id = copy!.id
  const images = await copyImages(tx, { originalId, id })
  const rows = await tx
    .select()
    .from(variants)
    .where(eq(variants.productId, originalId))
    .orderBy(asc(variants.position))
  for (const { id: _, optionCount: __, createdAt: ___, updatedAt: ____, ...row } of rows)
    await tx.insert(variants).values({
      ...row,
      ...{ productId: id, sku: '', barcode: '', stock: 0 },
      imageId: row.imageId && images.get(row.imageId),
    })
  return id
}

/** Returns the copy of each image. */
async function copyImages(
  tx: Tx,
  { originalId, id: productId }: { originalId: number; id: number },
): Promise<Map<number, number>> {
  const rows = await tx
    .select()
    .from(productImages)
    .where(eq(productImages.productId, originalId))
    .orderBy(asc(productImages.position), asc(productImages.id))
  const copies = new Map<number, number>()
  for (const [index, { id, alt, mediaHash, sourceUrl }] of rows.entries()) {
    const [copy] = await tx
      .insert(productImages)
      .values({ productId, position: index + 1, alt, mediaHash, sourceUrl })
      .returning({ id: productImages.id })
    copies.set(id, copy!.id)
  }
  return copies
}
