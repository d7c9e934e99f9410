/** Parses single cells of a product CSV; each parser reports what it cannot read and then returns undefined. */
import { parseDecimal, toDecimal, type MoneyFormat } from '#app/domain/money.ts'
import { formatNumber } from '#app/domain/intl.ts'
import type { ProductStatus } from '#app/domain/products/product-state.ts'
import { cleanText } from './clean-text.ts'
import { getCell, getHeader, type Columns, type Field } from './csv-format.ts'
import { canMean, splitCurrency, toPlainNumber, type NumberNotation } from './number-notation.ts'
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

/** How the file writes numbers, and what its prices are in. */
export type NumberFormat = MoneyFormat & { notation: NumberNotation }

/** Parsers for the cells of one row; undefined always means "no such column, or unreadable (and reported)". */
export function cellReader(columns: Columns, row: Row, issues: ImportIssue[]) {
  const raw = (field: Field) => {
    const cell = getCell(columns, row.cells, field)
    return cell === undefined ? undefined : cleanText(cell)
  }
  const fail = (field: Field, message: string) => {
    issues.push(errorAt(row.line, getHeader(columns, field), message, raw(field)))
    return undefined
  }
  const warn = (field: Field, message: string) => {
    issues.push(warningAt(row.line, getHeader(columns, field), message, raw(field)))
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

    amount(field: Field, format: NumberFormat): number | null | undefined {
      const text = raw(field)
      if (text === undefined) return undefined
      if (text === '') return null
      const { notation, currency, locale } = format
      const split = splitCurrency(text)
      const read = toPlainNumber(split.number, notation)
      if (!read.ok && read.reason === 'ambiguous') return fail(field, ambiguous(text, split.number))
      const amount = read.ok ? parseDecimal(read.plain, format, { round: true }) : null
      if (!read.ok || amount === null)
        return fail(field, `“${short(text)}” is not a price. Write it like 9.99.`)
      const decimals = /\.(\d*?)0*$/.exec(read.plain)?.[1]?.length ?? 0
      if (decimals > format.currencyDigits)
        warn(
          field,
          `“${short(text)}” has more digits than ${currency}; it is rounded to ${toDecimal(amount, format)}.`,
        )
      if (split.currency !== '' && !canMean(split.currency, currency, locale))
        warn(
          field,
          `“${short(text)}” is not in ${currency}, the store’s currency. The number is imported as it is.`,
        )
      return amount
    },

    grams(field: Field, { notation }: NumberFormat): number | undefined {
      const text = raw(field)
      if (text === undefined) return undefined
      if (text === '') return 0
      const read = toPlainNumber(text, notation)
      if (!read.ok && read.reason === 'ambiguous') return fail(field, ambiguous(text, text))
      const grams = read.ok ? Math.round(Number(read.plain)) : NaN
      return grams <= maxGrams ? grams : fail(field, `“${short(text)}” is not a weight in grams.`)
    },

    weightUnit(field: Field): string | undefined {
      const text = raw(field)?.toLowerCase()
      if (text === undefined) return undefined
      if (text === '' || weightUnits.has(text)) return text || 'kg'
      warn(field, `“${short(text)}” is not kg, g, lb or oz; kg is used instead.`)
      return 'kg'
    },

    stock(field: Field, { notation }: NumberFormat): number | undefined {
      const text = raw(field)
      if (!text) return undefined
      const read = toPlainNumber(text.replace(/^-/, ''), notation)
      const isWhole = read.ok && /^\d{1,10}(\.0+)?$/.test(read.plain)
      const stock = isWhole ? Number(read.plain) * (text.startsWith('-') ? -1 : 1) : NaN
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

function ambiguous(text: string, number: string): string {
  const readings = `${number.replace(/[.,]/, '')} or as ${number.replace(',', '.')}`
  const separator = number.includes(',') ? 'comma' : 'point'
  return `“${short(text)}” can be read as ${readings}. Write it without the ${separator}.`
}

function short(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`
}
