import type { Columns } from './csv-format.ts'
import type { NumberNotation } from './number-notation.ts'
import { ProductRows, type RowGrouper } from './product-rows.ts'
import { WooRows } from './woo-rows.ts'

/** What collects the rows of this file's products. */
export function createGrouper(columns: Columns, notation: NumberNotation, now: Date): RowGrouper {
  return columns.dialect === 'woocommerce'
    ? new WooRows(columns, { notation, now })
    : new ProductRows(columns)
}
