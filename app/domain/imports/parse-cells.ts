/** Parses single cells of a product CSV; each parser reports what it cannot read and then returns undefined. */
import { parseDecimal } from '#app/domain/money.ts'
import { formatNumber } from '#app/domain/intl.ts'
import type { ProductStatus } from '#app/domain/products/product-state.ts'
import { cleanText } from './clean-text.ts'
import { getCell, getHeader, type Columns, type Field } from './csv-format.ts'
import { errorAt, warningAt, type ImportIssue } from './issue.ts'
import type { Row } from './product-rows.ts'

const booleans = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
])
const statuses = new Map<string, ProductStatus>([
  ['active', 'active'],
  ['draft', 'draft'],
  ['archived', 'archived'],
])
const weightUnits = new Set(['g', 'kg', 'lb', 'oz'])
const maxGrams = 2_000_000_000
const maxStock = 1_000_000_000

/** Parsers for the cells of one row; undefined always means "no such column, or unreadable (and reported)". */
export function cellReader(columns: Columns, row: Row, issues: ImportIssue[]) {
  const raw = (field: Field) => {
    const cell = getCell(columns, row.cells, field)
    return cell === undefined ? undefined : cleanText(cell)
  }
  const fail = (field: Field, message: string) => {
    issues.push(errorAt(row.line, getHeader(columns, field), message))
    return undefined
  }
  const warn = (field: Field, message: string) => {
    issues.push(warningAt(row.line, getHeader(columns, field), message))
  }

  return {
    raw,
    fail,
    warn,

    text(field: Field, max: number): string | undefined {
      const text = raw(field)
      if (text === undefined || text.length <= max) return text
      return fail(field, `The text is longer than ${formatNumber(max)} characters.`)
    },

    amount(field: Field, currency: string): number | null | undefined {
      const text = raw(field)
      if (text === undefined) return undefined
      if (text === '') return null
      if (/^\d{1,3},\d{3}$/.test(text)) {
        return fail(
          field,
          `“${text}” can be read as ${text.replace(',', '')} or as ${text.replace(',', '.')}. Write it without the comma.`,
        )
      }
      return (
        parseDecimal(text, currency, { round: true }) ??
        fail(field, `“${short(text)}” is not a price. Write it like 9.99.`)
      )
    },

    grams(field: Field): number | undefined {
      const text = raw(field)
      if (text === undefined) return undefined
      if (text === '') return 0
      const grams = /^\d{1,10}([.,]\d{1,10})?$/.test(text) ? Math.round(Number(text.replace(',', '.'))) : NaN
      return grams <= maxGrams ? grams : fail(field, `“${short(text)}” is not a weight in grams.`)
    },

    weightUnit(field: Field): string | undefined {
      const text = raw(field)?.toLowerCase()
      if (text === undefined) return undefined
      if (text === '' || weightUnits.has(text)) return text || 'kg'
      warn(field, `“${short(text)}” is not kg, g, lb or oz; kg is used instead.`)
      return 'kg'
    },

    stock(field: Field): number | undefined {
      const text = raw(field)
      if (!text) return undefined
      const stock = /^-?\d{1,10}(\.0+)?$/.test(text) ? Number(text) : NaN
      if (!(Math.abs(stock) <= maxStock)) return fail(field, `“${short(text)}” is not a whole number.`)
      if (stock < 0) warn(field, `The stock is below zero (${stock}). It is imported as is.`)
      return stock + 0 // no negative zero
    },

    flag(field: Field, whenEmpty: boolean): boolean | undefined {
      const text = raw(field)?.toLowerCase()
      if (text === undefined) return undefined
      if (text === '') return whenEmpty
      return booleans.get(text) ?? fail(field, `“${short(text)}” is neither true nor false.`)
    },

    allowBackorder(field: Field): boolean | undefined {
      const text = raw(field)?.toLowerCase()
      if (text === undefined) return undefined
      if (text === '' || text === 'deny') return false
      return text === 'continue' || fail(field, `“${short(text)}” is neither “deny” nor “continue”.`)
    },

    /** An empty status counts as none. */
    status(field: Field): ProductStatus | undefined {
      const text = raw(field)?.toLowerCase()
      if (!text) return undefined
      const status = statuses.get(text)
      if (status) return status
      if (text !== 'unlisted') return fail(field, `“${short(text)}” is not active, draft or archived.`)
      warn(field, 'Unlisted products are not supported; the product is saved as a draft.')
      return 'draft'
    },

    tags(field: Field): string[] | undefined {
      const text = raw(field)
      if (text === undefined) return undefined
      const tags = [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '')
      if (tags.length > 250) return fail(field, 'A product can have at most 250 tags.')
      if (tags.some((tag) => tag.length > 255)) return fail(field, 'A tag is longer than 255 characters.')
      return tags
    },

    /** An http(s) URL; anything else is reported and left out, because an image never blocks a product. */
    url(field: Field): string | null | undefined {
      const text = raw(field)
      if (text === undefined) return undefined
      if (text === '') return null
      const url = URL.parse(text)
      if (url && /^https?:$/.test(url.protocol) && text.length <= 2000) return text
      warn(field, `“${short(text)}” is not an image URL. It is skipped.`)
      return null
    },
  }
}

function short(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`
}
