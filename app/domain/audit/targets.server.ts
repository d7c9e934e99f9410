import { and, inArray, ne } from 'drizzle-orm'
import { isStaff } from '#app/domain/access/roles.ts'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import {
  collections,
  fulfillments,
  homeSections,
  imports,
  emails,
  orderEvents,
  orders,
  invoices,
  pages,
  payments,
  productImages,
  products,
  promotionItems,
  promotions,
  refunds,
  returns,
  redirects,
  searchPins,
  searchSynonyms,
  reviews,
  shippingMethods,
  shippingZonePlaces,
  shippingZones,
  taxClasses,
  taxRates,
  users,
  variants,
  draftOrders,
} from '#db/schema/index.ts'
import type { LoggedTable, Target, ChangedRow } from './activity.ts'

type Place = { key: string; target: Target }
type Find = (ids: number[]) => Promise<Place[]>

const { admin } = urls

const at = (id: number, permission: Target['permission'], href: string): Place => ({
  key: String(id),
  target: { permission, href },
})

/** Where a row of each table can be viewed, if it still exists. */
const finders: Partial<Record<LoggedTable, Find>> = {
  products: async (ids) => {
    const rows = await db.select({ id: products.id }).from(products).where(inArray(products.id, ids))
    return rows.map(({ id }) => at(id, 'catalog', admin.product(id)))
  },
  variants: async (ids) => {
    const { id, productId } = variants
    const rows = await db.select({ id, productId }).from(variants).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'catalog', admin.productVariant(row.productId, row.id)))
  },
  product_images: async (ids) => {
    const { id, productId } = productImages
    const rows = await db.select({ id, productId }).from(productImages).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'catalog', admin.productImages(row.productId)))
  },
  collections: async (ids) => {
    const rows = await db.select({ id: collections.id }).from(collections).where(inArray(collections.id, ids))
    return rows.map(({ id }) => at(id, 'catalog', admin.collection(id)))
  },
  orders: async (ids) => {
    const rows = await db.select({ id: orders.id }).from(orders).where(inArray(orders.id, ids))
    return rows.map(({ id }) => at(id, 'orders', admin.order(id)))
  },
  draft_orders: async (ids) => {
    const { id } = draftOrders
    const rows = await db
      .select({ id })
      .from(draftOrders)
      .where(and(inArray(id, ids), ne(draftOrders.state, 'deleted')))
    return rows.map((row) => at(row.id, 'orders', admin.draft(row.id)))
  },
  order_events: (ids) => ofOrders(orderEvents, ids),
  fulfillments: (ids) => ofOrders(fulfillments, ids),
  payments: (ids) => ofOrders(payments, ids),
  refunds: (ids) => ofOrders(refunds, ids),
  returns: (ids) => ofOrders(returns, ids),
  invoices: (ids) => ofOrders(invoices, ids),
  imports: async (ids) => {
    const rows = await db.select({ id: imports.id }).from(imports).where(inArray(imports.id, ids))
    return rows.map(({ id }) => at(id, 'catalog', admin.import(id)))
  },
  emails: async (ids) => {
    const rows = await db.select({ id: emails.id }).from(emails).where(inArray(emails.id, ids))
    return rows.map(({ id }) => at(id, 'orders', admin.email(id)))
  },
  users: async (ids) => {
    const { id, role } = users
    const rows = await db.select({ id, role }).from(users).where(inArray(id, ids))
    return rows.map((row) =>
      isStaff(row)
        ? at(row.id, 'staff', admin.staffMember(row.id))
        : at(row.id, 'customers', admin.customer(row.id)),
    )
  },
  pages: async (ids) => {
    const rows = await db.select({ id: pages.id }).from(pages).where(inArray(pages.id, ids))
    return rows.map(({ id }) => at(id, 'catalog', admin.page(id)))
  },
  home_sections: async (ids) => {
    const { id } = homeSections
    const rows = await db.select({ id }).from(homeSections).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'catalog', admin.homeSection(row.id)))
  },
  promotions: async (ids) => {
    const rows = await db.select({ id: promotions.id }).from(promotions).where(inArray(promotions.id, ids))
    return rows.map(({ id }) => at(id, 'promotions', admin.promotion(id)))
  },
  promotion_items: async (ids) => {
    const { id, promotionId } = promotionItems
    const rows = await db.select({ id, promotionId }).from(promotionItems).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'promotions', admin.promotion(row.promotionId)))
  },
  shipping_zones: async (ids) => {
    const { id } = shippingZones
    const rows = await db.select({ id }).from(shippingZones).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'settings', admin.shippingZone(row.id)))
  },
  shipping_zone_places: async (ids) => {
    const { id, zoneId } = shippingZonePlaces
    const rows = await db.select({ id, zoneId }).from(shippingZonePlaces).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'settings', admin.shippingZone(row.zoneId)))
  },
  shipping_methods: async (ids) => {
    const { id } = shippingMethods
    const rows = await db.select({ id }).from(shippingMethods).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'settings', admin.shippingMethod(row.id)))
  },
  tax_classes: async (ids) => {
    const { id } = taxClasses
    const rows = await db.select({ id }).from(taxClasses).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'settings', admin.taxClass(row.id)))
  },
  tax_rates: async (ids) => {
    const { id } = taxRates
    const rows = await db.select({ id }).from(taxRates).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'settings', admin.taxRate(row.id)))
  },
  search_synonyms: async (ids) => {
    const { id } = searchSynonyms
    const rows = await db.select({ id }).from(searchSynonyms).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'catalog', admin.searchSynonyms(row.id)))
  },
  search_pins: async (ids) => {
    const { id } = searchPins
    const rows = await db.select({ id }).from(searchPins).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'catalog', admin.searchPin(row.id)))
  },
  redirects: async (ids) => {
    const { id } = redirects
    const rows = await db.select({ id }).from(redirects).where(inArray(id, ids))
    return rows.map((row) => at(row.id, 'catalog', admin.redirect(row.id)))
  },
  search_boosts: (ids) => Promise.resolve(ids.map((id) => at(id, 'catalog', admin.searchBoosts()))),
  reviews: async (ids) => {
    const rows = await db.select({ id: reviews.id }).from(reviews).where(inArray(reviews.id, ids))
    return rows.map(({ id }) => at(id, 'reviews', admin.review(id)))
  },
  settings: (ids) => Promise.resolve(ids.map((id) => at(id, 'settings', admin.settings()))),
}

type OfOrder =
  | typeof orderEvents
  | typeof fulfillments
  | typeof payments
  | typeof refunds
  | typeof returns
  | typeof invoices

async function ofOrders(table: OfOrder, ids: number[]) {
  const rows = await db
    .select({ id: table.id, orderId: table.orderId })
    .from(table)
    .where(inArray(table.id, ids))
  return rows.map(({ id, orderId }) => at(id, 'orders', admin.order(orderId)))
}

/** Links to the rows of a page, by "table/key"; deleted rows have none. One query per table. */
export async function findTargets(changedRows: ChangedRow[]): Promise<Record<string, Target>> {
  const found = await Promise.all(
    Object.entries(finders).map(async ([table, find]) => {
      const ids = changedRows.filter((changedRow) => changedRow.table === table).map(({ key }) => Number(key))
      const places = ids.length > 0 ? await find(ids) : []
      return places.map(({ key, target }) => [`${table}/${key}`, target] as const)
    }),
  )
  return Object.fromEntries(found.flat())
}
