import { eq, inArray, sql } from 'drizzle-orm'
import { readSignedLink } from '#app/domain/mail/signed-links.server.ts'
import { firstImage } from '#app/domain/products/first-image.server.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { buyableQuantity } from '#app/domain/stock/availability.ts'
import { db, transaction } from '#db/client.ts'
import { cartReminders, productImages, products, variants } from '#db/schema/index.ts'
import { addAvailable, type Added } from './add-available.server.ts'
import type { NewGuest } from './cart.server.ts'
import type { Shopper } from './cart.ts'

export type RestoreResult = Added | { ok: false; reason: 'not-found' | 'session-expired' }

/** Adds the lines of a reminder to the shopper's cart on any device, as far as available (addAvailable). */
export async function restoreCart(input: {
  shopper: Shopper | NewGuest
  token: string
}): Promise<RestoreResult> {
  const wanted = await readLines(input.token)
  if (!wanted) return { ok: false, reason: 'not-found' }
  const lines = wanted.map((line) => ({ ...line, paid: null }))
  return transaction((tx) => addAvailable(tx, { shopper: input.shopper, lines }))
}

export type RestoredLine = NonNullable<Awaited<ReturnType<typeof listRestoredLines>>>[number]

/**
 * What the link of a reminder adds to a cart, as it is now: `quantity` is how many of the `wanted` can be bought, 0 for
 * what is gone. Null for a link that is invalid or older than 30 days.
 */
export async function listRestoredLines(token: string) {
  const wanted = await readLines(token)
  if (!wanted) return null
  const present = await listPresent(wanted.map(({ variantId }) => variantId))
  return wanted.map(({ variantId, name, quantity }) => {
    const variant = present.find(({ id, isSold }) => id === variantId && isSold)
    const image = variant?.image
    return {
      variantId,
      name,
      title: variant?.title ?? name,
      // A ready image has its dimensions.
      image: image?.hash ? { ...image, width: image.width!, height: image.height! } : null,
      price: variant?.price ?? null,
      wanted: quantity,
      quantity: variant ? Math.min(quantity, buyableQuantity(variant)) : 0,
      isSold: (variant?.price ?? null) !== null,
    }
  })
}

/** The variants that still exist. */
function listPresent(ids: number[]) {
  const picture = firstImage(db, sql`${productImages.id} = ${variants.imageId} desc nulls last`)
  return db
    .select({
      id: variants.id,
      price: variants.price,
      trackStock: variants.trackStock,
      allowBackorder: variants.allowBackorder,
      stock: variants.stock,
      title: products.title,
      image: {
        hash: picture.hash,
        width: picture.width,
        height: picture.height,
        alt: picture.alt,
        color: picture.color,
      },
      isSold: isPublished,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .leftJoinLateral(picture, sql`true`)
    .where(inArray(variants.id, ids))
}

async function readLines(token: string) {
  const id = readSignedLink('restore cart', token)
  if (id === null) return null
  const [reminder] = await db
    .select({ lines: cartReminders.lines })
    .from(cartReminders)
    .where(eq(cartReminders.id, id))
  return reminder?.lines ?? null
}
