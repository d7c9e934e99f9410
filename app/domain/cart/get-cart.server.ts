import { asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { getAvailability, buyableQuantity } from '#app/domain/stock/availability.ts'
import { firstImage } from '#app/domain/products/first-image.server.ts'
import { taxClassOf } from '#app/domain/pricing/tax.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { db, type Db, preparedQuery } from '#db/client.ts'
import { cartLines, carts, productImages, products, settings, variants } from '#db/schema/index.ts'
import { type Cart, type CartLine, type CartOwner, lineNotices } from './cart.ts'

/**
 * The owner's cart with current prices and stock, in one query because every page shows its count; null when they
 * never had one. Oldest line first.
 */
export async function getCart(owner: CartOwner | null): Promise<Cart | null> {
  if (owner === null) return null
  const rows = await selectCartOf(owner)
  const cart = rows[0]?.cart
  if (!cart) return null
  const lines = rows.flatMap(({ line, variant, product, image }) =>
    line && variant && product ? toLine({ line, variant, product, image }, cart.lowThreshold) : [],
  )
  const { id, version, checkoutKey, codes, hasConsent, country, region, postcode } = cart
  const destination = { country, region, postcode }
  return { id, version, checkoutKey, codes, hasConsent, destination, ...sumUp(lines) }
}

/** A cart that is not stored: these lines with current prices and stock, as staff type them into a draft order. */
export async function cartOf(
  typed: { variantId: number; quantity: number }[],
  codes: string[],
): Promise<Cart> {
  const ids = typed.map(({ variantId }) => variantId)
  const image = variantImage(db)
  const rows = await db
    .select(lineColumns(image))
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .leftJoinLateral(image, sql`true`)
    .where(inArray(variants.id, ids))
  const lines = typed.flatMap(({ variantId, quantity }, id) => {
    const row = rows.find(({ variant }) => variant.id === variantId)
    return row ? toLine({ ...row, line: { id, quantity, priceWhenAdded: row.variant.price ?? 0 } }, 0) : []
  })
  const unstored = {
    id: 0,
    version: 0,
    checkoutKey: '',
    hasConsent: false,
    destination: { country: '', region: '', postcode: '' },
  }
  return { ...unstored, codes, ...sumUp(lines) }
}

function sumUp(lines: CartLine[]) {
  return {
    lines,
    count: lines.reduce((sum, line) => sum + line.quantity, 0),
    subtotal: lines.reduce((sum, line) => sum + line.lineTotal, 0),
    isReady:
      lines.length > 0 && lines.every((line) => line.unitPrice !== null && line.buyable >= line.quantity),
  }
}

function selectCartOf(owner: CartOwner) {
  if (owner.sessionId === null) return selectDraftCart({ draftId: owner.draftId })
  const { sessionId, userId } = owner
  return userId === null ? selectGuestCart({ sessionId }) : selectCustomerCart({ userId })
}

const selectGuestCart = preparedQuery((db) =>
  selectCart(db, eq(carts.sessionId, sql.placeholder('sessionId'))).prepare('guest_cart'),
)
const selectCustomerCart = preparedQuery((db) =>
  selectCart(db, eq(carts.userId, sql.placeholder('userId'))).prepare('customer_cart'),
)
const selectDraftCart = preparedQuery((db) =>
  selectCart(db, eq(carts.draftId, sql.placeholder('draftId'))).prepare('draft_cart'),
)

function selectCart(db: Db, isTheirs: SQL) {
  const image = variantImage(db)
  return db
    .select({
      cart: {
        id: carts.id,
        version: carts.version,
        checkoutKey: carts.checkoutKey,
        codes: carts.codes,
        hasConsent: sql<boolean>`${carts.consentId} is not null`,
        country: carts.shipCountry,
        region: carts.shipRegion,
        postcode: carts.shipPostcode,
        lowThreshold: sql<number>`coalesce((select ${settings.lowStockThreshold} from ${settings}), 0)`,
      },
      line: { id: cartLines.id, quantity: cartLines.quantity, priceWhenAdded: cartLines.priceWhenAdded },
      ...lineColumns(image),
    })
    .from(carts)
    .leftJoin(cartLines, eq(cartLines.cartId, carts.id))
    .leftJoin(variants, eq(variants.id, cartLines.variantId))
    .leftJoin(products, eq(products.id, variants.productId))
    .leftJoinLateral(image, sql`true`)
    .where(isTheirs)
    .orderBy(asc(cartLines.id))
}

/** The variant's own image, else the first of the product. */
function variantImage(db: Db) {
  return firstImage(db, sql`${productImages.id} = ${variants.imageId} desc nulls last`)
}

function lineColumns({ hash, width, height, alt, color }: ReturnType<typeof variantImage>) {
  return {
    variant: {
      id: variants.id,
      optionValues: variants.optionValues,
      sku: variants.sku,
      price: variants.price,
      compareAtPrice: variants.compareAtPrice,
      trackStock: variants.trackStock,
      allowBackorder: variants.allowBackorder,
      stock: variants.stock,
      requiresShipping: variants.requiresShipping,
      weight: variants.weightGrams,
      taxable: variants.taxable,
    },
    product: {
      id: products.id,
      handle: products.handle,
      title: products.title,
      taxClassId: products.taxClassId,
      isSold: isPublished,
    },
    image: { hash, width, height, alt, color },
  }
}

type Row = {
  line: { id: number; quantity: number; priceWhenAdded: number }
  variant: {
    id: number
    optionValues: string[]
    sku: string
    price: number | null
    compareAtPrice: number | null
    trackStock: boolean
    allowBackorder: boolean
    stock: number
    requiresShipping: boolean
    weight: number
    taxable: boolean
  }
  product: { id: number; handle: string; title: string; taxClassId: number | null; isSold: boolean }
  image: {
    hash: string
    width: number | null
    height: number | null
    alt: string
    color: string | null
  } | null
}

function toLine({ line, variant, product, image }: Row, lowThreshold: number): CartLine {
  const unitPrice = product.isSold ? variant.price : null
  const buyable = product.isSold ? buyableQuantity(variant) : 0
  return {
    id: line.id,
    variantId: variant.id,
    productId: product.id,
    handle: product.handle,
    title: product.title,
    variantTitle: variant.optionValues.join(' / '),
    sku: variant.sku,
    // A ready image has its dimensions.
    image: image?.hash ? { ...image, width: image.width!, height: image.height! } : null,
    quantity: line.quantity,
    unitPrice,
    compareAtPrice: variant.compareAtPrice,
    lineTotal: buyable === 0 || unitPrice === null ? 0 : unitPrice * line.quantity,
    requiresShipping: variant.requiresShipping,
    weight: variant.weight,
    taxClass: taxClassOf({ ...variant, ...product }),
    buyable,
    availability: getAvailability(variant, lowThreshold),
    notices: lineNotices({ ...line, unitPrice, buyable, isSold: product.isSold }),
  }
}
