import { and, asc, eq, sql } from 'drizzle-orm'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { productImages, products } from '#db/schema/catalog.ts'
import { Refusal, refusable } from './refusal.server.ts'

export const maxImages = 250

/** Adds stored images after the product's others, in the given order. Refused above 250 images. */
export async function addProductImages(input: {
  productId: number
  hashes: string[]
  by: number
}): Promise<{ ok: true } | { ok: false; reason: 'not-found' | 'too-many-images' }> {
  type Reason = { reason: 'not-found' | 'too-many-images' }
  return refusable<Reason, void>(input.by, {}, async (tx) => {
    await insertProductImages(tx, input)
    await touch(tx, input.productId)
  })
}

/** The same as a step of the caller's transaction. Locks the product. */
export async function insertProductImages(
  tx: Tx,
  { productId, hashes }: { productId: number; hashes: string[] },
): Promise<void> {
  const images = await lockImages(tx, productId)
  if (!images) throw new Refusal({ reason: 'not-found' })
  if (images.length + hashes.length > maxImages) throw new Refusal({ reason: 'too-many-images' })
  const last = images.at(-1)?.position ?? 0
  if (hashes.length > 0)
    await tx
      .insert(productImages)
      .values(hashes.map((mediaHash, index) => ({ productId, mediaHash, position: last + index + 1 })))
}

/** Saves an image's alt text and moves it to `position` (1 is first), shifting the others. */
export async function updateProductImage(input: {
  productId: number
  imageId: number
  alt: string
  position: number
  by: number
}): Promise<{ ok: true } | { ok: false; reason: 'not-found' }> {
  return auditedTransaction(input.by, async (tx) => {
    const images = await lockImages(tx, input.productId)
    const image = images?.find(({ id }) => id === input.imageId)
    if (!images || !image) return { ok: false, reason: 'not-found' }
    await tx.update(productImages).set({ alt: input.alt }).where(eq(productImages.id, image.id))
    await renumber(tx, placeAt(images, image, input.position))
    await touch(tx, input.productId)
    return { ok: true }
  })
}

/** Moves an image to `position` (1 is first), or to the end. */
export async function moveProductImage(input: {
  productId: number
  imageId: number
  position: number
  by: number
}): Promise<{ ok: true } | { ok: false; reason: 'not-found' }> {
  return auditedTransaction(input.by, async (tx) => {
    const images = await lockImages(tx, input.productId)
    const image = images?.find(({ id }) => id === input.imageId)
    if (!images || !image) return { ok: false, reason: 'not-found' }
    await renumber(tx, placeAt(images, image, input.position))
    await touch(tx, input.productId)
    return { ok: true }
  })
}

/** Removes an image from the product; variants that used it have none then. The stored file stays. */
export async function deleteProductImage(input: {
  productId: number
  imageId: number
  by: number
}): Promise<boolean> {
  const { productId, imageId } = input
  return auditedTransaction(input.by, async (tx) => {
    const images = await lockImages(tx, productId)
    if (!images?.some(({ id }) => id === imageId)) return false
    await tx
      .delete(productImages)
      .where(and(eq(productImages.id, imageId), eq(productImages.productId, productId)))
    await renumber(
      tx,
      images.filter(({ id }) => id !== imageId),
    )
    await touch(tx, productId)
    return true
  })
}

/** The product's row is the lock of its image list. */
async function lockImages(tx: Tx, productId: number) {
  const [product] = await tx
    .select({ id: products.id })
    .from(products)
    .where(eq(products.id, productId))
    .for('no key update')
  if (!product) return null
  return tx
    .select({ id: productImages.id, position: productImages.position })
    .from(productImages)
    .where(eq(productImages.productId, productId))
    .orderBy(asc(productImages.position), asc(productImages.id))
}

function placeAt(images: { id: number }[], image: { id: number }, position: number) {
  const others = images.filter(({ id }) => id !== image.id)
  others.splice(position - 1, 0, image)
  return others
}

/** One statement; rows with the right position are not written. */
async function renumber(tx: Tx, images: { id: number }[]) {
  const ids = images.map(({ id }) => id)
  await tx.execute(sql`
    update ${productImages} i set position = place.position
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality as place (id, position)
    where i.id = place.id::bigint and i.position <> place.position`)
}

async function touch(tx: Tx, productId: number) {
  await tx
    .update(products)
    .set({ updatedAt: sql`now()` })
    .where(eq(products.id, productId))
}
