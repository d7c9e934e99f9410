import { z } from 'zod'
import { email, optionalText, text } from '#app/domain/fields.ts'
import { currency, locale, timeZone } from '#app/domain/settings/settings.schema.ts'

/** Eight characters at least, no rules about which (NIST SP 800-63B); long passphrases are welcome. */
export const newPassword = () =>
  z
    .string({ error: 'Choose a password.' })
    .min(8, 'Use at least 8 characters; four words in a row are better.')
    .max(256, 'Use at most 256 characters.')

export const loginSchema = z.object({
  email: email(),
  password: z.string({ error: 'Enter your password.' }).max(256, 'This password is too long.'),
  next: optionalText(500),
})

export const setupSchema = z.object({
  code: text(100, 'Open the setup link exactly as the server printed it.'),
  shopName: text(80, 'Enter the name of your shop.'),
  currency: currency(),
  locale: locale(),
  timeZone: timeZone(),
  name: text(120, 'Enter your name.'),
  email: email(),
  password: newPassword(),
})

export type SetupInput = z.output<typeof setupSchema>
