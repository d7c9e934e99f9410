import { z } from 'zod'
import { optionalRowId, optionalText, text, version } from '#app/domain/fields.ts'
import { countryCodes } from '#app/domain/shipping/countries.ts'
import { readRegion } from '#app/domain/shipping/places.server.ts'
import { parseRate, standardClass } from './tax-rate.ts'

const rateFields = () => ({
  country: z
    .string({ error: 'Choose a country.' })
    .refine((code) => countryCodes.includes(code), 'Choose a country.'),
  region: optionalText(120),
  taxClassId: optionalRowId(),
  rate: text(12, 'Enter the rate in percent.').transform((typed, context) => {
    const rate = parseRate(typed)
    if (rate !== null) return rate
    context.addIssue({ code: 'custom', message: 'Enter a percentage from 0 to 100, such as 8.875.' })
    return z.NEVER
  }),
})

/** The region as addresses store it. */
const withRegion = <Input extends { country: string; region: string }>(
  input: Input,
  context: z.RefinementCtx,
) => {
  const region = readRegion(input.country, input.region)
  if (region !== null) return { ...input, region }
  const message = 'Enter a state or province of this country, or leave it empty for the whole country.'
  context.addIssue({ code: 'custom', path: ['region'], message })
  return z.NEVER
}

export const newRateSchema = z.object(rateFields()).transform(withRegion)

export const rateSchema = z.object({ ...rateFields(), version: version() }).transform(withRegion)

export type RateFacts = z.output<typeof newRateSchema>

const title = () =>
  text(60, 'Enter the tax class’s name.').refine(
    (name) => name.toLowerCase() !== standardClass.toLowerCase(),
    `Products without a class of their own already have the class “${standardClass}”.`,
  )

export const newClassSchema = z.object({ title: title() })

export const classSchema = z.object({ title: title(), version: version() })
