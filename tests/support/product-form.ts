import { asc, eq } from 'drizzle-orm'
import { listManualCollections } from '#app/domain/collections/collection-members.server.ts'
import { toEditableDescription } from '#app/domain/products/description.ts'
import { optionsOf } from '#app/domain/products/options.ts'
import type { NewProduct, ProductEdit } from '#app/domain/products/product.schema.ts'
import { fromGrams, type WeightUnit } from '#app/domain/weight.ts'
import { db } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { anyUser, now } from './cast.ts'

/** The form for a new product in which only a title was typed. */
export const newProduct: NewProduct = {
  ...{ title: 'Linen shirt', handle: '', description: '', vendor: '', type: '', tags: [], category: '' },
  ...{ status: 'active', isShown: true, publishedAt: null, publish: false, confirmPrices: false },
  taxClassId: null,
  ...{ seoTitle: '', seoDescription: '', options: [], images: [], collectionIds: [] },
  ...{ price: 999, compareAtPrice: null, cost: null, sku: '', barcode: '', weight: 0, weightUnit: 'kg' },
  ...{ trackStock: true, allowBackorder: false, requiresShipping: true, taxable: true, stock: 0 },
}

/** The form of a product's page as it opens now, with nothing changed. */
export async function openProductForm(
  id: number,
): Promise<ProductEdit & { id: number; now: Date; by: number }> {
  const [product] = await db.select().from(products).where(eq(products.id, id))
  const rows = await db
    .select()
    .from(variants)
    .where(eq(variants.productId, id))
    .orderBy(asc(variants.position), asc(variants.id))
  const members = (await listManualCollections(id)).filter(({ isMember }) => isMember)
  const ids = members.map((collection) => collection.id)
  const only = rows[0]!
  const { title, handle, vendor, type, tags, category, status, seoTitle, seoDescription } = product!
  const options = optionsOf(
    product!.optionNames,
    rows.map(({ id, optionValues: values }) => ({ id, values })),
  )
  return {
    ...newProduct,
    ...{ title, handle, vendor, type, tags, category, status, seoTitle, seoDescription },
    description: toEditableDescription(product!.description),
    isShown: product!.publishedAt !== null,
    publishedAt: product!.publishedAt,
    taxClassId: product!.taxClassId,
    version: product!.version,
    ...{ price: only.price, compareAtPrice: only.compareAtPrice, cost: only.cost, sku: only.sku },
    ...{ barcode: only.barcode, trackStock: only.trackStock, allowBackorder: only.allowBackorder },
    weight: Number(fromGrams(only.weightGrams, only.weightUnit)),
    weightUnit: only.weightUnit as WeightUnit,
    ...{ shown: only.stock, stock: only.stock },
    rows: product!.optionNames.length === 0 ? [] : rows.map(rowOf),
    options: options.map((option, was) => ({ ...option, was })),
    ...{ fillGaps: false, removals: undefined },
    ...{ collectionIds: ids, shownCollectionIds: ids },
    ...{ id, now, by: anyUser },
  }
}

function rowOf({ id, price, compareAtPrice, sku, trackStock, stock }: typeof variants.$inferSelect) {
  return { id, price, compareAtPrice, sku, ...(trackStock ? { shown: stock, stock } : {}) }
}
