import { z } from 'zod'
import { checkbox, optionalText, text } from '#app/domain/fields.ts'
import { checkAddress } from '#app/domain/shipping/address-check.server.ts'

/** The fields of a postal address, shared by checkout and address book. A schema of them has the check `byCountry`. */
export const addressFields = {
  country: z.string({ error: 'Choose the country.' }),
  name: text(120, 'Enter your full name.'),
  company: optionalText(120),
  line1: text(200, 'Enter the street address.'),
  line2: optionalText(200),
  postcode: optionalText(20),
  city: optionalText(120),
  region: optionalText(120),
  phone: optionalText(40),
}

type AddressValues = z.output<z.ZodObject<typeof addressFields>>

/**
 * Checks an address by its country and stores postal code, state and phone in their usual form. Runs when other fields
 * have errors, too, so that all errors are shown at once.
 */
export function byCountry<Values extends AddressValues>() {
  return z.superRefine<Values>(
    (input, context) => {
      const { values, errors } = checkAddress(input)
      Object.assign(input, values)
      for (const [path, message] of Object.entries(errors))
        context.addIssue({ code: 'custom', path: [path], message })
    },
    { when: () => true },
  )
}

export const addressSchema = z.object({ ...addressFields, isDefault: checkbox() }).check(byCountry())

export type AddressInput = z.output<typeof addressSchema>
