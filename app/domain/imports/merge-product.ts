/** Merges a file's data into a product. */
import type { ImageState, ProductState, VariantState } from '#app/domain/products/product-state.ts'
import type { ImportedProduct, ImportedVariant } from './imported-product.ts'
import { matchVariants } from './match-variants.ts'
import { errorAt, warningAt, type ImportIssue } from './issue.ts'

export type Merged =
  { ok: true; state: ProductState; warnings: ImportIssue[] } | { ok: false; issues: ImportIssue[] }

/**
 * `current` is null for a new product. Columns missing in the file leave fields unchanged, empty cells clear them.
 * Variants keep their identity wherever they can be matched.
 */
export function mergeProduct(current: ProductState | null, imported: ImportedProduct, now: Date): Merged {
  if (!current && !imported.title) {
    return refuse(imported.line, 'Title', 'This product doesn’t exist yet, and a new product needs a title.')
  }
  const images = mergeImages(current?.images ?? [], imported)
  const merged = mergeVariants(current, imported, images)
  if (!merged.ok) return merged

  const published = imported.published ?? (current ? current.publishedAt !== null : true)
  const status = imported.status ?? current?.status ?? (published ? 'active' : 'draft')
  const reason = status === 'active' ? whyDraft(current, imported, merged.variants) : null
  const state: ProductState = {
    handle: imported.handle,
    title: imported.title ?? current?.title ?? '',
    description: imported.description ?? current?.description ?? '',
    vendor: imported.vendor ?? current?.vendor ?? '',
    type: imported.type ?? current?.type ?? '',
    tags: imported.tags ?? current?.tags ?? [],
    category: imported.category ?? current?.category ?? '',
    status: reason ? 'draft' : status,
    publishedAt: publicationOf(current, published, now),
    seoTitle: imported.seoTitle ?? current?.seoTitle ?? '',
    seoDescription: imported.seoDescription ?? current?.seoDescription ?? '',
    optionNames: merged.optionNames,
    extra: mergeExtra(current?.extra ?? {}, imported.extra),
    images,
    variants: merged.variants,
  }
  const warnings = merged.warnings
  if (reason) warnings.push(warningAt(imported.line, '', reason))
  return { ok: true, state, warnings }
}

/** A product that is scheduled for later is not published yet, so a file that says so does not change it. */
function publicationOf(current: ProductState | null, published: boolean, now: Date): string | null {
  const present = current?.publishedAt ?? null
  if (published) return present ?? now.toISOString()
  return present !== null && new Date(present) > now ? present : null
}

/**
 * A product without any price, or with a price of 0, does not become active by an import. One that staff made active
 * like this stays as it is.
 */
function whyDraft(
  current: ProductState | null,
  imported: ImportedProduct,
  variants: VariantState[],
): string | null {
  if (current && !imported.variants) return null
  const hadPrice = current?.status !== 'active' || current.variants.some(({ price }) => price !== null)
  if (hadPrice && variants.every((variant) => variant.price === null))
    return 'No variant has a price, so the product is saved as a draft.'
  const free = variants.filter((variant) => variant.price === 0)
  const wasFree = new Set(current?.variants.filter(({ price }) => price === 0).map(({ id }) => id))
  const isNew = current?.status !== 'active' || free.some(({ id }) => !wasFree.has(id))
  return free.length > 0 && isNew
    ? 'A price is 0, so the product is saved as a draft. Make it active if it is meant to be free.'
    : null
}

type MergedVariants =
  | { ok: true; optionNames: string[]; variants: VariantState[]; warnings: ImportIssue[] }
  | { ok: false; issues: ImportIssue[] }

function mergeVariants(
  current: ProductState | null,
  imported: ImportedProduct,
  images: ImageState[],
): MergedVariants {
  const present = (current?.variants ?? []).map((variant) => ({
    ...variant,
    image: moveImage(current!.images, images, variant.image),
  }))
  if (!imported.variants) {
    const variants = current ? present : [mergeVariant(null, { line: imported.line, extra: [] }, images)]
    return { ok: true, optionNames: current?.optionNames ?? [], variants, warnings: [] }
  }
  if (!imported.optionNames && current && current.optionNames.length > 0) {
    return refuse(
      imported.line,
      'Option1 Value',
      'This product has options. To change its variants, the file needs the columns Option1 Name and Option1 Value.',
    )
  }
  const matches = matchVariants(present, imported.variants)
  const variants = imported.variants.map((variant, index) =>
    mergeVariant(matches[index] ?? null, variant, images),
  )
  const kept = new Set(matches)
  const warnings = present
    .filter((variant) => !kept.has(variant))
    .map((variant) => {
      const name = variant.optionValues.join(' / ') || 'without options'
      return warningAt(imported.line, '', `The variant “${name}” is not in the file and will be removed.`)
    })
  return { ok: true, optionNames: imported.optionNames ?? [], variants, warnings }
}

function mergeVariant(
  current: VariantState | null,
  imported: ImportedVariant,
  images: ImageState[],
): VariantState {
  return {
    id: current?.id ?? null,
    optionValues: imported.optionValues ?? current?.optionValues ?? [],
    sku: imported.sku ?? current?.sku ?? '',
    barcode: imported.barcode ?? current?.barcode ?? '',
    price: imported.price === undefined ? (current?.price ?? null) : imported.price,
    compareAtPrice:
      imported.compareAtPrice === undefined ? (current?.compareAtPrice ?? null) : imported.compareAtPrice,
    cost: imported.cost === undefined ? (current?.cost ?? null) : imported.cost,
    weightGrams: imported.weightGrams ?? current?.weightGrams ?? 0,
    weightUnit: imported.weightUnit ?? current?.weightUnit ?? 'kg',
    // A file without any stock data means: always available.
    trackStock: imported.trackStock ?? current?.trackStock ?? imported.stock !== undefined,
    allowBackorder: imported.allowBackorder ?? current?.allowBackorder ?? false,
    stock: imported.stock ?? current?.stock ?? 0,
    requiresShipping: imported.requiresShipping ?? current?.requiresShipping ?? true,
    taxable: imported.taxable ?? current?.taxable ?? true,
    image: imported.imageUrl === undefined ? (current?.image ?? null) : imageIndex(images, imported.imageUrl),
    extra: mergeExtra(current?.extra ?? {}, imported.extra),
  }
}

/**
 * The file's images replace those with a source URL; uploaded images stay. While the file's images are the same in the
 * same order, the order set by staff is kept.
 */
function mergeImages(current: ImageState[], imported: ImportedProduct): ImageState[] {
  const listed = imported.images ?? []
  const wanted = new Map(listed.map(({ url, alt }) => [url, alt] as const))
  const ofVariants: string[] = []
  for (const { imageUrl } of imported.variants ?? []) {
    if (!imageUrl || wanted.has(imageUrl)) continue
    wanted.set(imageUrl, undefined)
    ofVariants.push(imageUrl)
  }
  const known = new Map(current.flatMap((image) => imageKeys(image).map((key) => [key, image] as const)))
  const find = (url: string) => known.get(url) ?? known.get(ownHash(url))
  const toState = (url: string): ImageState => {
    const found = find(url)
    const alt = wanted.get(url)
    return found
      ? { ...found, alt: alt ?? found.alt }
      : { id: null, alt: alt ?? '', mediaHash: null, sourceUrl: url }
  }
  if (!imported.images) return [...current, ...ofVariants.filter((url) => !find(url)).map(toState)]

  const fromFile = [...wanted.keys()].map(toState)
  const ids = new Set(fromFile.map((image) => image.id))
  const remaining = current.filter((image) => ids.has(image.id) || image.sourceUrl === null)
  const inPresentOrder = remaining.filter((image) => ids.has(image.id))
  const sameOrder =
    inPresentOrder.length === fromFile.length &&
    fromFile.every((image, i) => image.id === inPresentOrder[i]!.id)
  if (sameOrder) {
    const byId = new Map(fromFile.map((image) => [image.id, image]))
    return remaining.map((image) => byId.get(image.id) ?? image)
  }
  return [...fromFile, ...remaining.filter((image) => !ids.has(image.id))]
}

/** An image is identified by its source URL, or by its own URL in this shop. */
function imageKeys({ mediaHash, sourceUrl }: ImageState): string[] {
  return [sourceUrl, mediaHash && `media:${mediaHash}`].filter((key) => key !== null)
}

function ownHash(url: string): string {
  return `media:${/\/media\/([0-9a-f]{64})\//.exec(url)?.[1]}`
}

function imageIndex(images: ImageState[], url: string | null): number | null {
  if (url === null) return null
  const index = images.findIndex((image) =>
    imageKeys(image).some((key) => key === url || key === ownHash(url)),
  )
  return index === -1 ? null : index
}

function moveImage(from: ImageState[], to: ImageState[], index: number | null): number | null {
  const id = index === null ? null : from[index]?.id
  const moved = to.findIndex((image) => image.id !== null && image.id === id)
  return moved === -1 ? null : moved
}

/** Headers are compared ignoring letter case, so that a file in the other format matches its own cells. */
function mergeExtra(current: Record<string, string>, imported: [string, string][]): Record<string, string> {
  const extra = new Map(Object.entries(current))
  const headers = new Map(Object.keys(current).map((header) => [header.toLowerCase(), header]))
  for (const [header, value] of imported) {
    const known = headers.get(header.toLowerCase()) ?? header
    if (value === '') extra.delete(known)
    else extra.set(known, value)
  }
  return Object.fromEntries(extra)
}

function refuse(line: number, column: string, message: string): { ok: false; issues: ImportIssue[] } {
  return { ok: false, issues: [errorAt(line, column, message)] }
}
