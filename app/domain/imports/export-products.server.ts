import { sql } from 'drizzle-orm'
import { exactCsvLine } from '#app/domain/csv.ts'
import { largestRendition } from '#app/domain/media/image.ts'
import type { Currency } from '#app/domain/money.ts'
import { type ProductSelection, readListedProducts } from '#app/domain/products/list-products.server.ts'
import { readProductStates } from '#app/domain/products/product-states.server.ts'
import { listImagesOf } from '#app/domain/storefront/list-images.server.ts'
import { db } from '#db/client.ts'
import { products, variants } from '#db/schema/catalog.ts'
import { headerKey, isKnownHeader } from './csv-format.ts'
import { productCsvHeaders, productCsvRows } from './product-csv.ts'

/**
 * The selected products as a CSV file in Shopify's format, in pieces of up to 100 products. A product is complete as of
 * one moment; products that are created meanwhile are included.
 */
export async function* exportProducts(
  selection: ProductSelection,
  { currency, now, origin }: { currency: Currency; now: Date; origin: string },
): AsyncGenerator<string> {
  const extraHeaders = await listExtraHeaders()
  yield exactCsvLine(productCsvHeaders(extraHeaders))
  for await (const ids of readListedProducts(selection)) {
    const found = await readProductStates(db, ids)
    const widths = await readImageWidths(ids)
    const imageUrl = (hash: string) => {
      const width = widths.get(hash)
      return width ? origin + largestRendition({ hash, width }) : null
    }
    const csv = { currency, now, imageUrl, extraHeaders }
    yield found.flatMap(({ state }) => productCsvRows(state, csv).map(exactCsvLine)).join('')
  }
}

/** The widths of the images that can be shown, by hash. */
async function readImageWidths(productIds: number[]): Promise<Map<string, number>> {
  const images = await listImagesOf(productIds)
  return new Map([...images.values()].flat().map(({ hash, width }) => [hash, width]))
}

/** The unknown columns of all imports; names that differ in letter case only are one column. */
async function listExtraHeaders(): Promise<string[]> {
  const rows = await db.execute<{ header: string }>(sql`
    select jsonb_object_keys(extra) as header from ${products} where extra <> '{}'
    union select jsonb_object_keys(extra) from ${variants} where extra <> '{}'
    order by 1`)
  const byKey = new Map(rows.map(({ header }) => [headerKey(header), header]))
  return [...byKey.values()].filter((header) => !isKnownHeader(header))
}
