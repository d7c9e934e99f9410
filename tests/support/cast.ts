import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { hashPassword } from '#app/domain/accounts/passwords.server.ts'
import { claimShop, getOrCreateSetupCode } from '#app/domain/setup/setup.server.ts'
import { startGuestSession } from '#app/domain/accounts/sessions.server.ts'
import { startUserSession } from '#app/domain/accounts/user-session.server.ts'
import { addToCart } from '#app/domain/cart/cart.server.ts'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
import type { CheckoutInput } from '#app/domain/checkout/checkout.schema.ts'
import { refreshPriceRange } from '#app/domain/products/price-range.server.ts'
import { adjustStock } from '#app/domain/stock/adjust-stock.server.ts'
import { getCheckout } from '#app/domain/checkout/checkout.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { getSettings, type Settings } from '#app/domain/settings/settings.server.ts'
import { db, transaction } from '#db/client.ts'
import { products, stockLedger, users, variants } from '#db/schema/index.ts'

/** The users and products of the tests. */

export const now = new Date('2026-11-23T09:00:00Z')

/** Creates Olga's shop: euros, shipping for 4.90. Returns its settings. */
export async function createShop(): Promise<{ settings: Settings; olga: number }> {
  const code = await getOrCreateSetupCode()
  if (code !== null) {
    await claimShop({
      code,
      shopName: 'Hill & Co',
      currency: 'EUR',
      locale: 'en-IE',
      timeZone: 'Europe/Berlin',
      name: 'Olga Hill',
      email: 'olga@hill.example',
      password,
    })
    await db.execute(sql`update settings set shipping_rate = 490`)
  }
  const [olga] = await db.select({ id: users.id }).from(users).where(eq(users.role, 'owner'))
  return { settings: (await getSettings())!, olga: olga!.id }
}

export const password = 'four words in a row'

let passwordHash: Promise<string> | undefined

/** Creates a user with the password above; a customer with a verified email unless the options say otherwise. */
export async function createUser(
  input: Partial<typeof users.$inferInsert> = {},
): Promise<{ id: number; email: string }> {
  passwordHash ??= hashPassword(password)
  const [user] = await db
    .insert(users)
    .values({
      email: `person-${randomUUID()}@example.com`,
      emailVerifiedAt: sql`now()`,
      name: 'Carl Gauss',
      passwordHash: await passwordHash,
      ...input,
    })
    .returning({ id: users.id, email: users.email })
  return user!
}

/** Any staff member as the actor, where it does not matter who. */
export const anyUser = 1

/** Signs a user in on a browser of their own, and returns the session token. */
export async function signIn(userId: number, formerSessionId: number | null = null): Promise<string> {
  const signedIn = await startUserSession({ userId, formerSessionId, userAgent: 'test' })
  if (!signedIn) throw new Error('The account is disabled')
  return signedIn.token
}

/** A published product with one variant. */
export async function createProduct(
  input: Partial<typeof variants.$inferInsert> & {
    title?: string
    price?: number | null
    stock?: number
  } = {},
): Promise<{ productId: number; variantId: number; handle: string }> {
  const { title = 'Clay pot', price = 999, stock = 10, ...rest } = input
  const handle = `product-${randomUUID()}`
  return transaction(async (tx) => {
    const [product] = await tx
      .insert(products)
      .values({
        handle,
        title,
        status: 'active',
        publishedAt: sql`now()`,
        priceMin: price,
        priceMax: price,
      })
      .returning({ id: products.id })
    const [variant] = await tx
      .insert(variants)
      .values({ productId: product!.id, position: 1, price, stock, ...rest })
      .returning({ id: variants.id })
    if (stock !== 0)
      await tx
        .insert(stockLedger)
        .values({ variantId: variant!.id, delta: stock, balance: stock, reason: 'initial' })
    return { productId: product!.id, variantId: variant!.id, handle }
  })
}

/** A published product with options, and exactly these variants. */
export async function createProductWithOptions(input: {
  title: string
  optionNames: string[]
  versions: { values: string[]; price?: number; stock?: number }[]
}): Promise<{ productId: number; handle: string; variantIds: number[] }> {
  const handle = `product-${randomUUID()}`
  const prices = input.versions.map(({ price = 999 }) => price)
  return transaction(async (tx) => {
    const [product] = await tx
      .insert(products)
      .values({
        handle,
        title: input.title,
        status: 'active',
        publishedAt: sql`now()`,
        optionNames: input.optionNames,
        priceMin: Math.min(...prices),
        priceMax: Math.max(...prices),
      })
      .returning({ id: products.id })
    const made = await tx
      .insert(variants)
      .values(
        input.versions.map(({ values, price = 999, stock = 10 }, index) => ({
          productId: product!.id,
          position: index + 1,
          optionValues: values,
          price,
          stock,
        })),
      )
      .returning({ id: variants.id, stock: variants.stock })
    const stocked = made.filter(({ stock }) => stock !== 0)
    if (stocked.length > 0)
      await tx.insert(stockLedger).values(
        stocked.map(({ id, stock }) => ({
          variantId: id,
          delta: stock,
          balance: stock,
          reason: 'initial' as const,
        })),
      )
    return { productId: product!.id, handle, variantIds: made.map(({ id }) => id) }
  })
}

/** The owner sets another price, through the admin form's command. */
export async function changePrice(variantId: number, price: number | null): Promise<void> {
  await transaction(async (tx) => {
    const [variant] = await tx
      .update(variants)
      .set({ price })
      .where(eq(variants.id, variantId))
      .returning({ productId: variants.productId })
    await refreshPriceRange(tx, [variant!.productId])
  })
}

/** The owner sets the stock to this number. */
export async function setStock(variantId: number, stock: number, olga: number): Promise<void> {
  const [variant] = await db
    .select({ productId: variants.productId, shown: variants.stock })
    .from(variants)
    .where(eq(variants.id, variantId))
  await adjustStock({ ...variant!, variantId, stock, reason: 'correction', note: '', by: olga })
}

type WantedLine = { variantId: number; quantity?: number; searchQuery?: string }

/** A guest with these variants in the cart. */
export async function createGuest(...wanted: WantedLine[]): Promise<Shopper> {
  const { id: sessionId } = await startGuestSession('test')
  const shopper = { sessionId, userId: null }
  for (const line of wanted) {
    const added = await addToCart({ shopper, quantity: 1, ...line })
    if (!added.ok) throw new Error(`Cart refused: ${added.reason}`)
  }
  return shopper
}

/** The checkout form as the guest's page shows it now, filled in. */
export async function filledForm(
  shopper: Shopper,
  settings: Settings,
  changes: Partial<CheckoutInput> = {},
): Promise<CheckoutInput> {
  const checkout = await getCheckout({ shopper, settings, now })
  const cart = await getCart(shopper)
  return {
    checkoutKey: checkout?.cart.checkoutKey ?? cart?.checkoutKey ?? randomUUID(),
    shownTotal: checkout?.totals.total ?? 0,
    shownTotals: {},
    vatNumber: '',
    discountCode: '',
    removeCode: '',
    email: 'ada@example.com',
    name: 'Ada Byron',
    company: '',
    line1: '12 Square',
    line2: '',
    postcode: 'D02',
    city: 'Dublin',
    region: '',
    country: 'IE',
    phone: '',
    note: '',
    keepAddress: false,
    acceptsMarketing: false,
    shippingMethod: checkout?.options[0]?.id ?? 'standard',
    payment: 'bank-transfer',
    ...changes,
  }
}

/** Places an order for Ada; `changes` overrides fields of the form. */
export async function createOrder(
  wanted: WantedLine,
  changes: Partial<CheckoutInput> = {},
): Promise<{ orderId: number; olga: number }> {
  const { settings, olga } = await createShop()
  const shopper = await createGuest(wanted)
  const form = await filledForm(shopper, settings, changes)
  const placed = await placeOrder({ shopper, form, settings, now })
  if (!placed.ok) throw new Error(`Order refused: ${placed.reason}`)
  return { orderId: placed.orderId, olga }
}
