import { eq, inArray, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { endSession, startGuestSession, startUserSession } from '#app/domain/accounts/sessions.server.ts'
import { setLineQuantity } from '#app/domain/cart/cart.server.ts'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import { type Availability, availabilityOf } from '#app/domain/catalog/availability.ts'
import { deleteProduct } from '#app/domain/catalog/delete-product.server.ts'
import { listCards } from '#app/domain/catalog/cards.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { markPaid } from '#app/domain/orders/mark-paid.server.ts'
import { db, transaction } from '#db/client.ts'
import { carts, imports, orders, products, sessions, settings, users, variants } from '#db/schema/index.ts'
import {
  adaOrders,
  aGuest,
  aProduct,
  aProductInVersions,
  filledForm,
  now,
  olgaOpensHerShop,
  priceBecomes,
  stockBecomes,
} from '#tests/support/cast.ts'
import { announcementsOf, type Heard, useEar } from '#tests/support/ear.ts'

useEar()

let olga: number

beforeAll(async () => {
  olga = (await olgaOpensHerShop()).olga
})

const of = (heard: Heard[], topic: string) => heard.filter((each) => each.topic.startsWith(topic))

describe('carts', () => {
  test('each change is told with the version it made', async () => {
    const { variantId } = await aProduct()
    const shopper = await aGuest({ variantId, quantity: 2 })
    const { id, version } = (await getCart(shopper))!
    const heard = await announcementsOf(() => setLineQuantity({ shopper, variantId, quantity: 1 }))
    expect(heard).toEqual([{ topic: `cart:${id}`, kind: 'changed', version: version + 1 }])
  })

  test('what is undone is not told, and looking is not told', async () => {
    const { variantId } = await aProduct()
    const shopper = await aGuest({ variantId })
    const heard = await announcementsOf(async () => {
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
    expect(heard).toEqual([])
  })

  test('a repair of hundreds at once is told once, for all', async () => {
    await db.execute(sql`
      with made as (
        insert into sessions (token_hash, idle_seconds, expires_at)
        select sha256(n::text::bytea), 60, now() + interval '1 day' from generate_series(1, 300) n returning id
      ) insert into carts (session_id) select id from made`)
    const heard = await announcementsOf(() => db.update(carts).set({ version: sql`version + 1` }))
    expect(heard).toEqual([{ topic: 'everything' }])
  })
})

describe('orders', () => {
  test('placing one tells the admin, the cart and whoever is told of it, and nobody else', async () => {
    const { settings: shop } = await olgaOpensHerShop()
    const { variantId } = await aProduct({ stock: 10 })
    const shopper = await aGuest({ variantId })
    const cart = (await getCart(shopper))!
    const form = await filledForm(shopper, shop)
    let placed: Awaited<ReturnType<typeof placeOrder>> | undefined
    const heard = await announcementsOf(async () => {
      placed = await placeOrder({ shopper, form, settings: shop, now })
    })
    if (!placed?.ok) throw new Error('refused')
    expect(heard).toHaveLength(3)
    expect(heard).toContainEqual({ topic: `user:${olga}`, kind: 'notifications' })
    expect(heard).toContainEqual({
      topic: 'admin',
      kind: 'order',
      id: placed.orderId,
      version: 1,
      isNew: true,
    })
    expect(heard).toContainEqual({ topic: `cart:${cart.id}`, kind: 'changed', version: cart.version + 1 })
  })

  test('what happens to one is told to its page and to the admin, with its version', async () => {
    const { variantId } = await aProduct()
    const { orderId } = await adaOrders({ variantId })
    const heard = await announcementsOf(() => markPaid(orderId, { version: 1, reference: '' }, olga))
    expect(heard).toEqual([
      { topic: `order:${orderId}`, kind: 'changed', version: 2 },
      { topic: 'admin', kind: 'order', id: orderId, version: 2, isNew: false },
    ])
  })

  test('many at once are told once', async () => {
    const { variantId } = await aProduct({ stock: 5 })
    await adaOrders({ variantId })
    await db.execute(sql`
      insert into orders (number_prefix, token, checkout_key, content_hash, email, ship_name, ship_line1, ship_city,
        ship_country, shipping_label, payment_method, currency, subtotal, shipping_total, total, steps, cancelled_at)
      select '#', 'copy-of-a-receipt-' || n || '-000000', gen_random_uuid(), content_hash, email, ship_name, ship_line1,
        ship_city, ship_country, shipping_label, payment_method, currency, 0, 0, 0, '[]', now()
      from (select * from orders limit 1) o, generate_series(1, 200) n`)
    const copies = sql`token like 'copy-of-a-receipt-%'`
    const heard = await announcementsOf(() =>
      db
        .update(orders)
        .set({ version: sql`version + 1` })
        .where(copies),
    )
    await db.delete(orders).where(copies)
    expect(heard).toEqual([{ topic: 'everything' }])
  })
})

describe('products', () => {
  test('the label of the database is the label of the shop, for every kind of variant', async () => {
    const stocks = [-1, 0, 1, 2, 3, 4, 1000]
    for (const threshold of [0, 3])
      for (const price of [null, 0, 999])
        for (const trackStock of [true, false])
          for (const sellWhenOut of [true, false]) {
            const rows = await db.execute<{ label: Availability }>(sql`
              select stock_label(${price}::bigint, ${trackStock}, ${sellWhenOut}, stock, ${threshold}::int) as label
              from unnest(${sql.raw(`array[${stocks.join()}]`)}) stock`)
            expect(rows.map(({ label }) => label)).toEqual(
              stocks.map((stock) => availabilityOf({ price, trackStock, sellWhenOut, stock }, threshold)),
            )
          }
  })

  test('stock is told when its label changes, and only then', async () => {
    const { productId, variantId } = await aProduct({ stock: 10 })
    expect(await announcementsOf(() => stockBecomes(variantId, 4, olga))).toEqual([])
    const heard = await announcementsOf(() => stockBecomes(variantId, 3, olga))
    expect(of(heard, 'product')).toEqual([
      {
        topic: `product:${productId}`,
        kind: 'facts',
        card: { priceMin: 999, priceMax: 999, compareAtPrice: null, isSoldOut: false },
        variants: [
          { id: variantId, price: 999, compareAtPrice: null, availability: { kind: 'low', left: 3 } },
        ],
      },
    ])
    expect(of(await announcementsOf(() => stockBecomes(variantId, 0, olga)), 'product')).toMatchObject([
      { card: { isSoldOut: true }, variants: [{ availability: { kind: 'sold-out' } }] },
    ])
  })

  test('a price is told with the version that has it, and with what a card shows of them all', async () => {
    const { variantIds } = await aProductInVersions({
      title: 'Stool',
      optionNames: ['Colour'],
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
    const heard = await announcementsOf(() => priceBecomes(ash, 7000))
    const [card] = await listCards([productId])
    expect(of(heard, 'product')).toMatchObject([
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

  test('what has to be read anew is told without facts: words, versions that come or go, the end', async () => {
    const { productId, variantId } = await aProduct()
    const changed = [{ topic: `product:${productId}`, kind: 'changed' }]
    const retitle = () => db.update(products).set({ title: 'Pot' }).where(eq(products.id, productId))
    expect(of(await announcementsOf(retitle), 'product')).toEqual(changed)
    expect(of(await announcementsOf(retitle), 'product')).toEqual([])
    const turn = () => db.update(variants).set({ sku: 'B' }).where(eq(variants.id, variantId))
    expect(of(await announcementsOf(turn), 'product')).toEqual(changed)
    expect(of(await announcementsOf(() => deleteProduct(productId, olga)), 'product')).toContainEqual(
      changed[0],
    )
  })

  test('a new product is not told to pages that cannot be there', async () => {
    const heard = await announcementsOf(() => aProduct())
    expect(heard).toEqual([{ topic: 'catalog', kind: 'lists', keys: ['all'] }])
  })

  test('ten thousand prices are two announcements, in one statement or in many', async () => {
    await db.execute(sql`
      with made as (
        insert into products (handle, title, status, published_at, price_min, price_max)
        select 'bulk-' || n, 'Bulk', 'active', now(), 100, 100 from generate_series(1, 10000) n returning id
      ) insert into variants (product_id, position, price) select id, 1, 100 from made`)
    const bulk = sql`product_id in (select id from products where handle like 'bulk-%')`
    const reduce = (price: number) => db.update(variants).set({ compareAtPrice: price }).where(bulk)
    expect(await announcementsOf(() => reduce(200))).toEqual([
      { topic: 'catalog' },
      { topic: 'catalog', kind: 'many' },
    ])
    expect(await announcementsOf(() => reduce(200))).toEqual([])

    const ids = (await db.select({ id: variants.id }).from(variants).where(bulk).limit(200)).map(
      ({ id }) => id,
    )
    const oneByOne = await announcementsOf(() =>
      transaction(async (tx) => {
        for (const id of ids)
          await tx.update(variants).set({ compareAtPrice: 300 }).where(eq(variants.id, id))
      }),
    )
    expect(oneByOne.length).toBeLessThanOrEqual(22)
    expect(oneByOne).toContainEqual({ topic: 'catalog', kind: 'many' })

    // The count is of one transaction: the next one tells of its products again.
    const next = await announcementsOf(() =>
      db
        .update(variants)
        .set({ compareAtPrice: 400 })
        .where(inArray(variants.id, ids.slice(0, 20))),
    )
    expect(of(next, 'product')).toHaveLength(20)
  })

  test('facts that do not fit into a notification are told without', async () => {
    const { productId, variantIds } = await aManyVersions(150)
    const heard = await announcementsOf(() =>
      db.update(variants).set({ compareAtPrice: 5000 }).where(inArray(variants.id, variantIds)),
    )
    expect(of(heard, 'product')).toEqual([{ topic: `product:${productId}`, kind: 'changed' }])
  })

  test('another "only N left" concerns every page', async () => {
    const heard = await announcementsOf(() => db.update(settings).set({ lowStockThreshold: 5 }))
    await db.update(settings).set({ lowStockThreshold: 3 })
    expect(heard).toContainEqual({ topic: 'catalog', kind: 'many' })
    expect(await announcementsOf(() => db.update(settings).set({ tagline: 'x' }))).toEqual([
      { topic: 'catalog' },
    ])
  })
})

async function aManyVersions(count: number) {
  const { variantIds } = await aProductInVersions({
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

  test('one that ends is told; a guest’s, and one that was over already, is not', async () => {
    const id = await open(olga)
    expect(await announcementsOf(() => endSession(id))).toEqual([
      { topic: 'session', kind: 'ended', ids: [id] },
    ])
    const guest = await startGuestSession('test')
    expect(await announcementsOf(() => endSession(guest.id))).toEqual([])
    const over = await open(olga)
    await db
      .update(sessions)
      .set({ expiresAt: sql`now() - interval '1 minute'` })
      .where(eq(sessions.id, over))
    expect(await announcementsOf(() => endSession(over))).toEqual([])
  })

  test('a thousand sessions of somebody who is deleted are a handful of announcements', async () => {
    const [gone] = await db
      .insert(users)
      .values({ email: 'gone@example.com', name: 'Gone', passwordHash: 'x', role: 'staff' })
      .returning({ id: users.id })
    await db.execute(sql`
      insert into sessions (token_hash, user_id, idle_seconds, expires_at)
      select sha256(('gone' || n)::bytea), ${gone!.id}, 60, now() + interval '1 day' from generate_series(1, 1200) n`)
    const heard = await announcementsOf(() => db.delete(users).where(eq(users.id, gone!.id)))
    expect(heard).toHaveLength(3)
    expect(heard.flatMap(({ ids }) => ids)).toHaveLength(1200)
  })
})

test('the progress of an import is told', async () => {
  const [made] = await db
    .insert(imports)
    .values({ filename: 'a.csv', byteSize: 3 })
    .returning({ id: imports.id })
  const heard = await announcementsOf(() =>
    db.update(imports).set({ rowsRead: 5 }).where(eq(imports.id, made!.id)),
  )
  expect(heard).toEqual([{ topic: `import:${made!.id}`, kind: 'progress' }])
})
