import { z } from 'zod'
import { checkbox, optionalText, text } from '#app/domain/fields.ts'

/** The fields of a postal address, shared by checkout and address book. */
export const addressFields = {
  name: text(120, 'Enter your full name.'),
  company: optionalText(120),
  line1: text(200, 'Enter the street address.'),
  line2: optionalText(200),
  postcode: optionalText(20),
  city: text(120, 'Enter the city.'),
  region: optionalText(120),
  country: z.string({ error: 'Choose the country.' }).regex(/^[A-Z]{2}$/, 'Choose the country.'),
  phone: optionalText(40),
}

export const addressSchema = z.object({ ...addressFields, isDefault: checkbox() })

export type AddressInput = z.output<typeof addressSchema>
