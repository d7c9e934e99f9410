import { z } from 'zod'
import { checkbox, optionalText, text, version, wholeNumber } from '#app/domain/fields.ts'
import { parseDecimal, type Currency } from '#app/domain/money.ts'
import { toGrams } from '#app/domain/weight.ts'
import type { ShippingTier } from '#db/schema/shipping.ts'
import { placeKey, readPlace, type Place } from './places.server.ts'

const fromTheList = 'Choose countries and regions from the list.'

const places = () =>
  z
    .array(
      z.string().transform((key, context): Place => {
        const place = readPlace(key)
        if (place) return place
        context.addIssue({ code: 'custom', message: fromTheList })
        return z.NEVER
      }),
    )
    .max(500, fromTheList)
    .default([])

const zoneFields = () => ({
  title: text(80, 'Enter the zone’s name.'),
  covers: z.enum(['places', 'rest'], { error: 'Choose where the zone is.' }),
  places: places(),
})

/** A zone of places, or the rest of the world. Regions of a country that is chosen as a whole are dropped. */
const toZone = <Input extends { covers: 'places' | 'rest'; places: Place[] }>(
  { covers, places: chosen, ...input }: Input,
  context: z.RefinementCtx,
) => {
  const isRestOfWorld = covers === 'rest'
  const whole = new Set(chosen.filter(({ region }) => region === '').map(({ country }) => country))
  const kept = chosen.filter(({ country, region }) => region === '' || !whole.has(country))
  const unique = [...new Map(kept.map((place) => [placeKey(place), place])).values()]
  if (!isRestOfWorld && unique.length === 0)
    issue(context, ['places'], 'Choose at least one country or region, or the rest of the world.')
  return { ...input, isRestOfWorld, places: isRestOfWorld ? [] : unique }
}

export const newZoneSchema = z.object(zoneFields()).transform(toZone)

export const zoneSchema = z.object({ ...zoneFields(), version: version() }).transform(toZone)

export type ZoneFacts = z.output<typeof newZoneSchema>

const days = () => wholeNumber(0, 90, 'Enter a number of business days from 0 to 90.')

/** At most this many tiers. */
export const maxTiers = 50

const methodFields = () => ({
  title: text(80, 'Enter the method’s name.'),
  isPickup: checkbox(),
  priceBy: z.enum(['flat', 'weight', 'subtotal'], { error: 'Choose how the rate is calculated.' }),
  rate: optionalText(20),
  /** The unit of the weights that are typed. */
  weightUnit: z.enum(['kg', 'g'], { error: 'Choose a unit.' }).default('kg'),
  tiers: z
    .array(z.object({ from: optionalText(20), below: optionalText(20), rate: optionalText(20) }))
    .max(maxTiers, `Use at most ${maxTiers} rows.`)
    .default([]),
  freeFrom: optionalText(20),
  daysMin: days(),
  daysMax: days(),
})

type TypedMethod = z.output<z.ZodObject<ReturnType<typeof methodFields>>>

/** Amounts are typed in the store's currency. Rows of another way to calculate the rate are dropped. */
const toMethod =
  (currency: Currency) =>
  <Input extends TypedMethod>(input: Input, context: z.RefinementCtx) => {
    const { weightUnit, tiers: rows, rate: typedRate, freeFrom: typedFree, ...method } = input
    const amount = (typed: string, path: (string | number)[], ask: string) => {
      const parsed = typed === '' ? null : parseDecimal(typed, currency)
      if (parsed === null) issue(context, path, typed === '' ? ask : askAmount(currency))
      return parsed ?? 0
    }
    const isFlat = method.priceBy === 'flat'
    if (method.daysMax < method.daysMin)
      issue(context, ['daysMax'], 'The maximum can’t be less than the minimum.')
    const measure = method.priceBy === 'weight' ? weightIn(weightUnit) : amountIn(currency)
    return {
      ...method,
      rate: isFlat ? amount(typedRate, ['rate'], 'Enter the rate; 0 for free shipping.') : 0,
      tiers: isFlat ? [] : readTiers(rows, { measure, amount, context }),
      freeFrom: typedFree === '' ? null : amount(typedFree, ['freeFrom'], ''),
    }
  }

export const newMethodSchema = (currency: Currency) => z.object(methodFields()).transform(toMethod(currency))

export const methodSchema = (currency: Currency) =>
  z.object({ ...methodFields(), version: version() }).transform(toMethod(currency))

export type MethodFacts = z.output<ReturnType<typeof newMethodSchema>>

type Measure = { read: (typed: string) => number | null; ask: string }

const weightIn = (unit: 'kg' | 'g'): Measure => ({
  read: (typed) =>
    /^\d{1,7}([.,]\d{1,3})?$/.test(typed) ? toGrams(Number(typed.replace(',', '.')), unit) : null,
  ask: 'Enter a weight, such as 2.5.',
})

const amountIn = (currency: Currency): Measure => ({
  read: (typed) => parseDecimal(typed, currency),
  ask: askAmount(currency),
})

const askAmount = ({ currencyDigits }: Currency) =>
  `Enter an amount, such as ${(4.9).toFixed(currencyDigits)}.`

/** The rows that are filled in, by their beginning. They must not overlap; only the last one may have no end. */
function readTiers(
  rows: TypedMethod['tiers'],
  {
    measure,
    amount,
    context,
  }: {
    measure: Measure
    amount: (typed: string, path: (string | number)[], ask: string) => number
    context: z.RefinementCtx
  },
): ShippingTier[] {
  const read = (typed: string, path: (string | number)[]) => {
    const value = measure.read(typed)
    if (value === null) issue(context, path, measure.ask)
    return value ?? 0
  }
  const tiers = rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => row.from !== '' || row.below !== '' || row.rate !== '')
    .map(({ row, index }) => ({
      index,
      from: row.from === '' ? 0 : read(row.from, ['tiers', index, 'from']),
      below: row.below === '' ? null : read(row.below, ['tiers', index, 'below']),
      rate: amount(row.rate, ['tiers', index, 'rate'], 'Enter the rate; 0 for free shipping.'),
    }))
    .sort((a, b) => a.from - b.from || a.index - b.index)
  if (tiers.length === 0) issue(context, ['tiers', 0, 'rate'], 'Fill in at least one row.')
  // Problems of single fields first: unread values would only look like overlaps.
  if (context.issues.length > 0) return []
  tiers.forEach(({ index, from, below }, position) => {
    const next = tiers[position + 1]
    if (below !== null && below <= from)
      issue(context, ['tiers', index, 'below'], '“Below” must be more than “From”.')
    else if (next && below === null)
      issue(context, ['tiers', index, 'below'], 'Only the last row can have no end.')
    else if (next && below! > next.from)
      issue(context, ['tiers', next.index, 'from'], 'This row overlaps with another one.')
  })
  return tiers.map(({ from, below, rate }) => ({ from, below, rate }))
}

function issue(context: z.RefinementCtx, path: (string | number)[], message: string) {
  context.addIssue({ code: 'custom', path, message })
}
