/** The difference between two states of a product, field by field, for display. */
import type { FieldValue } from '#app/domain/field-value.ts'
import type { ImageState, ProductState, VariantState } from '#app/domain/products/product-state.ts'

export type FieldChange = {
  /** Which variant or image; empty for the product itself. */
  of: string
  field: string
  from: FieldValue
  to: FieldValue
}

type Describe<T> = { [Key in keyof T]?: [label: string, show: (value: T[Key]) => FieldValue] }

const nothing: FieldValue = { kind: 'nothing' }
const text = (value: string): FieldValue => (value === '' ? nothing : { kind: 'text', text: value })
const list = (value: string[]) => text(value.join(', '))
const money = (value: number | null): FieldValue =>
  value === null ? nothing : { kind: 'money', amount: value }
const number = (value: number): FieldValue => ({ kind: 'number', number: value })
const flag = (value: boolean): FieldValue => ({ kind: 'flag', on: value })

const productFields: Describe<ProductState> = {
  title: ['Title', text],
  description: ['Description', (value) => (value === '' ? nothing : { kind: 'html', text: value })],
  vendor: ['Vendor', text],
  type: ['Type', text],
  tags: ['Tags', list],
  category: ['Category', text],
  status: ['Status', text],
  publishedAt: ['Published', (value) => (value === null ? nothing : { kind: 'date', at: value })],
  seoTitle: ['SEO title', text],
  seoDescription: ['SEO description', text],
  optionNames: ['Options', list],
}
const variantFields: Describe<VariantState> = {
  optionValues: ['Options', (value) => text(value.join(' / '))],
  sku: ['SKU', text],
  barcode: ['Barcode', text],
  price: ['Price', money],
  compareAtPrice: ['Compare-at price', money],
  cost: ['Cost', money],
  weightGrams: ['Weight in grams', number],
  weightUnit: ['Weight unit', text],
  trackStock: ['Track quantity', flag],
  allowBackorder: ['Continue selling when out of stock', flag],
  stock: ['Stock', number],
  requiresShipping: ['Physical product', flag],
  taxable: ['Taxable', flag],
}

/** Every changed field, with its old and new value; empty when the two states are equal. */
export function fieldChanges(before: ProductState, after: ProductState): FieldChange[] {
  return [
    ...changedFields('', before, after, productFields),
    ...changedExtra('', before.extra, after.extra),
    ...changedImages(before.images, after.images),
    ...changedVariants(before, after),
  ]
}

function changedFields<T extends object>(
  of: string,
  before: T,
  after: T,
  fields: Describe<T>,
): FieldChange[] {
  const changes: FieldChange[] = []
  for (const key of Object.keys(fields) as (keyof T)[]) {
    const [label, show] = fields[key]!
    if (isSame(before[key], after[key])) continue
    changes.push({ of, field: label, from: show(before[key]), to: show(after[key]) })
  }
  return changes
}

function changedExtra(
  of: string,
  before: Record<string, string>,
  after: Record<string, string>,
): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((header) => before[header] !== after[header])
    .map((header) => ({ of, field: header, from: text(before[header] ?? ''), to: text(after[header] ?? '') }))
}

function changedImages(before: ImageState[], after: ImageState[]): FieldChange[] {
  const beforeById = new Map(before.map((image) => [image.id, image]))
  const afterIds = new Set(after.map((image) => image.id))
  const removed = before.filter((image) => !afterIds.has(image.id))
  const changes = removed.map((image): FieldChange => {
    return { of: '', field: 'Image removed', from: text(addressOf(image)), to: nothing }
  })
  for (const image of after) {
    const known = image.id === null ? undefined : beforeById.get(image.id)
    if (!known) changes.push({ of: '', field: 'Image added', from: nothing, to: text(addressOf(image)) })
    else if (known.alt !== image.alt)
      changes.push({ of: '', field: 'Image alt text', from: text(known.alt), to: text(image.alt) })
  }
  return [...changes, ...movedItems('Image order', before, after, (image) => addressOf(image))]
}

function changedVariants(before: ProductState, after: ProductState): FieldChange[] {
  const beforeById = new Map(before.variants.map((variant) => [variant.id, variant]))
  const afterIds = new Set(after.variants.map((variant) => variant.id))
  const changes: FieldChange[] = []
  for (const variant of before.variants) {
    if (afterIds.has(variant.id)) continue
    changes.push({
      of: nameOf(variant),
      field: 'Variant removed',
      from: text(summaryOf(variant)),
      to: nothing,
    })
  }
  for (const variant of after.variants) {
    const of = nameOf(variant)
    const known = variant.id === null ? undefined : beforeById.get(variant.id)
    if (!known) {
      changes.push({ of, field: 'Variant added', from: nothing, to: text(summaryOf(variant)) })
      if (variant.price !== null)
        changes.push({ of, field: 'Price', from: nothing, to: money(variant.price) })
      continue
    }
    changes.push(
      ...changedFields(of, known, variant, variantFields),
      ...changedExtra(of, known.extra, variant.extra),
    )
    const [from, to] = [imageOf(before, known), imageOf(after, variant)]
    if (from?.id !== to?.id || (to && to.id === null)) {
      changes.push({ of, field: 'Image', from: text(addressOf(from)), to: text(addressOf(to)) })
    }
  }
  return [...changes, ...movedItems('Variant order', before.variants, after.variants, nameOf)]
}

/** A changed order among the items in both states. */
function movedItems<T extends { id: number | null }>(
  field: string,
  before: T[],
  after: T[],
  name: (item: T) => string,
): FieldChange[] {
  const [beforeIds, afterIds] = [new Set(before.map(({ id }) => id)), new Set(after.map(({ id }) => id))]
  const stayed = before.filter(({ id }) => afterIds.has(id))
  const now = after.filter(({ id }) => id !== null && beforeIds.has(id))
  if (stayed.every(({ id }, index) => id === now[index]?.id)) return []
  return [{ of: '', field, from: list(stayed.map(name)), to: list(now.map(name)) }]
}

function imageOf(product: ProductState, variant: VariantState): ImageState | undefined {
  return variant.image === null ? undefined : product.images[variant.image]
}

function addressOf(image: ImageState | undefined): string {
  if (!image) return ''
  return image.sourceUrl ?? (image.alt || 'uploaded image')
}

function nameOf(variant: VariantState): string {
  return variant.optionValues.join(' / ')
}

function summaryOf(variant: VariantState): string {
  return (
    [nameOf(variant), variant.sku && `SKU ${variant.sku}`].filter(Boolean).join(', ') || 'the only variant'
  )
}

function isSame(a: unknown, b: unknown): boolean {
  return (
    a === b ||
    (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => x === b[i]))
  )
}
