import { eq, inArray, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { endSession, startGuestSession } from '#app/domain/accounts/sessions.server.ts'
import { startUserSession } from '#app/domain/accounts/user-session.server.ts'
import { setLineQuantity } from '#app/domain/cart/cart.server.ts'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import { type Availability, getAvailability } from '#app/domain/stock/availability.ts'
import { deleteProduct } from '#app/domain/products/delete-product.server.ts'
import { listCards } from '#app/domain/storefront/cards.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { db, transaction } from '#db/client.ts'
import {
  carts,
  imports,
  orders,
  products,
  relatedProducts,
  searchBoosts,
  searchPinProducts,
  searchPins,
  searchSynonyms,
  sessions,
  settings,
  users,
  variants,
} from '#db/schema/index.ts'
import {
  createOrder,
  createGuest,
  createProduct,
  createProductWithOptions,
  filledForm,
  now,
  createShop,
  changePrice,
  setStock,
} from '#tests/support/cast.ts'
import { listAnnouncements, type Announced, useAnnouncements } from '#tests/support/announcements.ts'

useAnnouncements()

let olga: number

beforeAll(async () => {
  olga = (await createShop()).olga
})

const of = (announced: Announced[], topic: string) => announced.filter((each) => each.topic.startsWith(topic))

describe('carts', () => {
  test('each change is announced with its version', async () => {
    const { variantId } = await createProduct()
    const shopper = await createGuest({ variantId, quantity: 2 })
    const { id, version } = (await getCart(shopper))!
    const announced = await listAnnouncements(() => setLineQuantity({ shopper, variantId, quantity: 1 }))
    expect(announced).toEqual([{ topic: `cart:${id}`, kind: 'changed', version: version + 1 }])
  })

  test('rollbacks and reads are not announced', async () => {
    const { variantId } = await createProduct()
    const shopper = await createGuest({ variantId })
    const announced = await listAnnouncements(async () => {
      await getCart(shopper)
      await transaction(async (tx) => {
        await tx.update(carts).set({ version: 99 }).where(eq(carts.sessionId, shopper.sessionId))
        throw new Error('undone')
      }).catch(() => {})
      await db
        .update(carts)
        .set({ updatedAt: sql`now()` })
        .where(eq(carts.sessionId, shopper.sessionId))
    })
    expect(announced).toEqual([])
  })

  test('a repair of hundreds at once is announced once, for all', async () => {
    await db.execute(sql`
      with made as (
        insert into sessions (token_hash, idle_seconds, expires_at)
        select sha256(n::text::bytea), 60, now() + interval '1 day' from generate_series(1, 300) n returning id
      ) insert into carts (session_id) select id from made`)
    const announced = await listAnnouncements(() => db.update(carts).set({ version: sql`version + 1` }))
    expect(announced).toEqual([{ topic: 'everything' }])
  })
})

describe('orders', () => {
  test('placing an order notifies the admin, the cart and the notified users, and no others', async () => {
    const { settings: shop } = await createShop()
    const { variantId } = await createProduct({ stock: 10 })
    const shopper = await createGuest({ variantId })
    const cart = (await getCart(shopper))!
    const form = await filledForm(shopper, shop)
    let placed: Awaited<ReturnType<typeof placeOrder>> | undefined
    const announced = await listAnnouncements(async () => {
      placed = await placeOrder({ shopper, form, settings: shop, now })
    })
    if (!placed?.ok) throw new Error('refused')
    expect(announced).toHaveLength(3)
    expect(announced).toContainEqual({ topic: `user:${olga}`, kind: 'notifications' })
    expect(announced).toContainEqual({
      topic: 'admin',
      kind: 'order',
      id: placed.orderId,
      version: 1,
      isNew: true,
    })
    expect(announced).toContainEqual({ topic: `cart:${cart.id}`, kind: 'changed', version: cart.version + 1 })
  })

  test('a change of an order is announced to its page and the admin, with its version', async () => {
    const { variantId } = await createProduct()
    const { orderId } = await createOrder({ variantId })
    const announced = await listAnnouncements(() =>
      markPaid({ orderId, version: 1, reference: '', by: olga }),
    )
    expect(announced).toEqual([
      { topic: `order:${orderId}`, kind: 'changed', version: 2 },
      { topic: 'admin', kind: 'order', id: orderId, version: 2, isNew: false },
    ])
  })

  test('changes of many orders at once are announced once', async () => {
    const { variantId } = await createProduct({ stock: 5 })
    await createOrder({ variantId })
    await db.execute(sql`
      insert into orders (number_prefix, token, checkout_key, content_hash, email, ship_name, ship_line1, ship_city,
        ship_country, shipping_label, payment_method, currency, subtotal, shipping_total, total, price_breakdown, canceled_at)
      select '#', 'copy-of-a-receipt-' || n || '-000000', gen_random_uuid(), content_hash, email, ship_name, ship_line1,
        ship_city, ship_country, shipping_label, payment_method, currency, 0, 0, 0, '[]', now()
      from (select * from orders limit 1) o, generate_series(1, 200) n`)
    const copies = sql`token like 'copy-of-a-receipt-%'`
    const announced = await listAnnouncements(() =>
      db
        .update(orders)
        .set({ version: sql`version + 1` })
        .where(copies),
    )
    await db.delete(orders).where(copies)
    expect(announced).toEqual([{ topic: 'everything' }])
  })
})

describe('products', () => {
  test('the availability computed by the database equals the app’s, for every kind of variant', async () => {
    const stocks = [-1, 0, 1, 2, 3, 4, 1000]
    for (const threshold of [0, 3])
      for (const price of [null, 0, 999])
        for (const trackStock of [true, false])
          for (const allowBackorder of [true, false]) {
            const rows = await db.execute<{ label: Availability }>(sql`
              select stock_label(${price}::bigint, ${trackStock}, ${allowBackorder}, stock, ${threshold}::int) as label
              from unnest(${sql.raw(`array[${stocks.join()}]`)}) stock`)
            expect(rows.map(({ label }) => label)).toEqual(
              stocks.map((stock) => getAvailability({ price, trackStock, allowBackorder, stock }, threshold)),
            )
          }
  })

  test('stock is announced only when its label changes', async () => {
    const { productId, variantId } = await createProduct({ stock: 10 })
    expect(await listAnnouncements(() => setStock(variantId, 4, olga))).toEqual([])
    const announced = await listAnnouncements(() => setStock(variantId, 3, olga))
    expect(of(announced, 'product')).toEqual([
      {
        topic: `product:${productId}`,
        kind: 'facts',
        card: { priceMin: 999, priceMax: 999, compareAtPrice: null, isSoldOut: false },
        variants: [
          { id: variantId, price: 999, compareAtPrice: null, availability: { kind: 'low', left: 3 } },
        ],
      },
    ])
    expect(of(await listAnnouncements(() => setStock(variantId, 0, olga)), 'product')).toMatchObject([
      { card: { isSoldOut: true }, variants: [{ availability: { kind: 'sold-out' } }] },
    ])
  })

  test('a price is announced with its version and the card’s data', async () => {
    const { variantIds } = await createProductWithOptions({
      title: 'Stool',
      optionNames: ['Color'],
      versions: [
        { values: ['Oak'], price: 8000 },
        { values: ['Ash'], price: 9000, stock: 0 },
      ],
    })
    const [oak, ash] = variantIds as [number, number]
    const [{ productId } = { productId: 0 }] = await db
      .select({ productId: variants.productId })
      .from(variants)
      .where(eq(variants.id, oak))
    await db.update(variants).set({ compareAtPrice: 9500 }).where(eq(variants.id, ash))
    const announced = await listAnnouncements(() => changePrice(ash, 7000))
    const [card] = await listCards([productId])
    expect(of(announced, 'product')).toMatchObject([
      {
        card: {
          priceMin: card!.priceMin,
          priceMax: card!.priceMax,
          compareAtPrice: card!.compareAtPrice,
          isSoldOut: card!.isSoldOut,
        },
        variants: [{ id: ash, price: 7000 }],
      },
    ])
    expect(card).toMatchObject({ priceMin: 7000, priceMax: 8000, compareAtPrice: 9500, isSoldOut: false })
  })

  test('a reduced price announces a reload where the store shows the lowest price of 30 days', async () => {
    const [{ productId, variantId }, other] = [await createProduct({ price: 900 }), await createProduct()]
    const kinds = async (change: () => Promise<unknown>) =>
      of(await listAnnouncements(change), 'product').map(({ kind }) => kind)
    const reduce = (price: number) => () =>
      db.update(variants).set({ compareAtPrice: price }).where(eq(variants.id, variantId))
    expect(await kinds(reduce(1000))).toEqual(['facts'])
    const switched = await listAnnouncements(() => db.update(settings).set({ showsLowestPrice: true }))
    expect(switched).toContainEqual({ topic: 'catalog', kind: 'many' })
    expect(await kinds(reduce(1100))).toEqual(['changed'])
    expect(await kinds(() => setStock(variantId, 3, olga))).toEqual(['changed'])
    expect(await kinds(reduce(0))).toEqual(['facts'])
    expect(await kinds(() => setStock(other.variantId, 3, olga))).toEqual(['facts'])
    await db.update(settings).set({ showsLowestPrice: false })
    expect(await listCards([productId])).toMatchObject([{ compareAtPrice: null }])
  })

  test('changes without public data announce a reload: text, added or deleted variants, deletion', async () => {
    const { productId, variantId } = await createProduct()
    const changed = [{ topic: `product:${productId}`, kind: 'changed' }]
    const retitle = () => db.update(products).set({ title: 'Pot' }).where(eq(products.id, productId))
    expect(of(await listAnnouncements(retitle), 'product')).toEqual(changed)
    expect(of(await listAnnouncements(retitle), 'product')).toEqual([])
    const turn = () => db.update(variants).set({ sku: 'B' }).where(eq(variants.id, variantId))
    expect(of(await listAnnouncements(turn), 'product')).toEqual(changed)
    expect(of(await listAnnouncements(() => deleteProduct(productId, olga)), 'product')).toContainEqual(
      changed[0],
    )
  })

  test('a new product is not announced to pages, which cannot exist yet', async () => {
    const announced = await listAnnouncements(() => createProduct())
    expect(announced).toEqual([{ topic: 'catalog', kind: 'lists', keys: ['all'] }])
  })

  test('ten thousand prices are two announcements, in one statement or in many', async () => {
    await db.execute(sql`
      with made as (
        insert into products (handle, title, status, published_at, price_min, price_max)
        select 'bulk-' || n, 'Bulk', 'active', now(), 100, 100 from generate_series(1, 10000) n returning id
      ) insert into variants (product_id, position, price) select id, 1, 100 from made`)
    const bulk = sql`product_id in (select id from products where handle like 'bulk-%')`
    const reduce = (price: number) => db.update(variants).set({ compareAtPrice: price }).where(bulk)
    expect(await listAnnouncements(() => reduce(200))).toEqual([
      { topic: 'catalog' },
      { topic: 'catalog', kind: 'many' },
    ])
    expect(await listAnnouncements(() => reduce(200))).toEqual([])

    const ids = (await db.select({ id: variants.id }).from(variants).where(bulk).limit(200)).map(
      ({ id }) => id,
    )
    const oneByOne = await listAnnouncements(() =>
      transaction(async (tx) => {
        for (const id of ids)
          await tx.update(variants).set({ compareAtPrice: 300 }).where(eq(variants.id, id))
      }),
    )
    expect(oneByOne.length).toBeLessThanOrEqual(22)
    expect(oneByOne).toContainEqual({ topic: 'catalog', kind: 'many' })

    // The limit is per transaction: the next one announces its products again.
    const next = await listAnnouncements(() =>
      db
        .update(variants)
        .set({ compareAtPrice: 400 })
        .where(inArray(variants.id, ids.slice(0, 20))),
    )
    expect(of(next, 'product')).toHaveLength(20)
  })

  test('data that exceeds a notification is announced without it', async () => {
    const { productId, variantIds } = await createManyVariants(150)
    const announced = await listAnnouncements(() =>
      db.update(variants).set({ compareAtPrice: 5000 }).where(inArray(variants.id, variantIds)),
    )
    expect(of(announced, 'product')).toEqual([{ topic: `product:${productId}`, kind: 'changed' }])
  })

  test('another low-stock threshold is announced to every page', async () => {
    const announced = await listAnnouncements(() => db.update(settings).set({ lowStockThreshold: 5 }))
    await db.update(settings).set({ lowStockThreshold: 3 })
    expect(announced).toContainEqual({ topic: 'catalog', kind: 'many' })
    expect(await listAnnouncements(() => db.update(settings).set({ tagline: 'x' }))).toEqual([
      { topic: 'catalog' },
    ])
  })
})

async function createManyVariants(count: number) {
  const { variantIds } = await createProductWithOptions({
    title: 'Many',
    optionNames: ['Number'],
    versions: Array.from({ length: count }, (_, index) => ({ values: [String(index)] })),
  })
  const [row] = await db
    .select({ productId: variants.productId })
    .from(variants)
    .where(eq(variants.id, variantIds[0]!))
  return { productId: row!.productId, variantIds }
}

describe('sessions', () => {
  const open = async (userId: number) => {
    const signedIn = await startUserSession({ userId, formerSessionId: null, userAgent: 'test' })
    return signedIn!.sessionId
  }

  test('the end of an active user session is announced; a guest’s or an expired one is not', async () => {
    const id = await open(olga)
    expect(await listAnnouncements(() => endSession(id))).toEqual([
      { topic: 'session', kind: 'ended', ids: [id] },
    ])
    const guest = await startGuestSession('test')
    expect(await listAnnouncements(() => endSession(guest.id))).toEqual([])
    const expired = await open(olga)
    await db
      .update(sessions)
      .set({ expiresAt: sql`now() - interval '1 minute'` })
      .where(eq(sessions.id, expired))
    expect(await listAnnouncements(() => endSession(expired))).toEqual([])
  })

  test('a thousand sessions of a deleted user need only a few announcements', async () => {
    const [deleted] = await db
      .insert(users)
      .values({ email: 'gone@example.com', name: 'Gone', passwordHash: 'x', role: 'staff' })
      .returning({ id: users.id })
    await db.execute(sql`
      insert into sessions (token_hash, user_id, idle_seconds, expires_at)
      select sha256(('not-found' || n)::bytea), ${deleted!.id}, 60, now() + interval '1 day' from generate_series(1, 1200) n`)
    const announced = await listAnnouncements(() => db.delete(users).where(eq(users.id, deleted!.id)))
    expect(announced).toHaveLength(3)
    expect(announced.flatMap(({ ids }) => ids)).toHaveLength(1200)
  })
})

test('the progress of an import is announced', async () => {
  const [made] = await db
    .insert(imports)
    .values({ filename: 'a.csv', byteSize: 3 })
    .returning({ id: imports.id })
  const announced = await listAnnouncements(() =>
    db.update(imports).set({ rowsRead: 5 }).where(eq(imports.id, made!.id)),
  )
  expect(announced).toEqual([{ topic: `import:${made!.id}`, kind: 'progress' }])
})

test('related products are announced to the pages of their product, also when one is deleted', async () => {
  const [pot, rake] = [(await createProduct()).productId, (await createProduct()).productId]
  const changed = { topic: `product:${pot}`, kind: 'changed' }
  const add = () => db.insert(relatedProducts).values({ productId: pot, relatedId: rake, position: 1 })
  expect(await listAnnouncements(add)).toEqual([changed])
  const move = () => db.update(relatedProducts).set({ position: 2 }).where(eq(relatedProducts.productId, pot))
  expect(await listAnnouncements(move)).toEqual([changed])
  expect(await listAnnouncements(() => deleteProduct(rake, olga))).toContainEqual(changed)
})

test('synonyms, pins and boosts are announced as a change of the catalog, a statement without rows is not', async () => {
  const { productId } = await createProduct()
  const catalog = [{ topic: 'catalog' }]
  const words = ['sofa', 'couch']
  const addSynonyms = () => db.insert(searchSynonyms).values({ words, folded: words })
  expect(await listAnnouncements(addSynonyms)).toEqual(catalog)
  const change = () => db.update(searchSynonyms).set({ words: ['Sofa', 'Couch'] })
  expect(await listAnnouncements(change)).toEqual(catalog)
  expect(await listAnnouncements(() => db.delete(searchSynonyms))).toEqual(catalog)
  const addPin = async () => {
    const [pin] = await db.insert(searchPins).values({ query: 'Gift', folded: 'gift' }).returning()
    await db.insert(searchPinProducts).values({ pinId: pin!.id, productId, position: 1 })
  }
  expect(await listAnnouncements(addPin)).toEqual([...catalog, ...catalog])
  const boost = () => db.insert(searchBoosts).values({ productId, ranking: 'higher' })
  expect(await listAnnouncements(boost)).toEqual(catalog)
  expect(await listAnnouncements(() => deleteProduct(productId, olga))).toContainEqual(catalog[0])
  await db.delete(searchPins)
  expect(await listAnnouncements(() => db.delete(searchPins))).toEqual([])
})
