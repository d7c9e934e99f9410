import type { useLoaderData } from '@remix-run/react'
import type { ProductPageValues } from '#app/components/admin/product-form.tsx'
import { toDecimal } from '#app/domain/money.ts'
import { toEditableDescription } from '#app/domain/products/description.ts'
import { fromGrams } from '#app/domain/weight.ts'
import { toLocalInput } from '#app/domain/products/zoned-time.ts'
import type { loader } from './route.tsx'

type Data = ReturnType<typeof useLoaderData<typeof loader>>

/** The fields of the product page as text. */
export function valuesOf(data: Data): Partial<ProductPageValues> {
  const { product, options, variants, collections, timeZone } = data
  const decimal = (amount: number | null) => (amount === null ? '' : toDecimal(amount, data))
  return {
    ...product,
    description: toEditableDescription(product.description),
    taxClassId: String(product.taxClassId ?? ''),
    tags: product.tags.join(', '),
    isShown: on(product.publishedAt !== null),
    publishedAt: product.publishedAt ? toLocalInput(product.publishedAt, timeZone) : '',
    options: options.map(({ name, values }) => ({ name, values: values.join(', ') })),
    collectionIds: collections.filter(({ isMember }) => isMember).map(({ id }) => String(id)),
    ...(options.length === 0 && variants[0] ? singleValues(variants[0], decimal) : {}),
    rows: variants.map((variant) => ({
      id: String(variant.id),
      price: decimal(variant.price),
      compareAtPrice: decimal(variant.compareAtPrice),
      sku: variant.sku,
      stock: String(variant.stock),
    })),
  }
}

function singleValues(variant: Data['variants'][number], decimal: (amount: number | null) => string) {
  return {
    price: decimal(variant.price),
    compareAtPrice: decimal(variant.compareAtPrice),
    cost: decimal(variant.cost),
    sku: variant.sku,
    barcode: variant.barcode,
    weight: fromGrams(variant.weightGrams, variant.weightUnit),
    weightUnit: variant.weightUnit,
    stock: String(variant.stock),
    trackStock: on(variant.trackStock),
    allowBackorder: on(variant.allowBackorder),
    requiresShipping: on(variant.requiresShipping),
    taxable: on(variant.taxable),
  }
}

const on = (isOn: boolean) => (isOn ? 'on' : '')
