import { z } from 'zod'
import { email, optionalText, text, verbatim } from '#app/domain/fields.ts'
import { currency, locale, timeZone } from '#app/domain/settings/settings.schema.ts'

/** Eight characters at least, no rules about which (NIST SP 800-63B); long passphrases are welcome. */
export const newPassword = () =>
  verbatim(
    z
      .string({ error: 'Choose a password.' })
      .min(8, 'Use at least 8 characters; four words in a row are better.')
      .max(256, 'Use at most 256 characters.'),
  )

/** A password that exists already: only its length is checked. */
const password = () =>
  verbatim(z.string({ error: 'Enter your password.' }).max(256, 'This password is too long.'))

const name = () => text(120, 'Enter your name.')

export const loginSchema = z.object({ email: email(), password: password(), next: optionalText(500) })

export const setupSchema = z.object({
  code: text(100, 'Open the setup link exactly as the server printed it.'),
  shopName: text(80, 'Enter the name of your shop.'),
  currency: currency(),
  locale: locale(),
  timeZone: timeZone(),
  name: name(),
  email: email(),
  password: newPassword(),
})

export type SetupInput = z.output<typeof setupSchema>

/** For what is done with an address alone: a link to sign up, to choose a password, to find orders. */
export const addressedSchema = z.object({ email: email() })

/** Behind the link of a sign-up or an invitation. */
export const newAccountSchema = z.object({ name: name(), password: newPassword() })

export const resetPasswordSchema = z.object({ password: newPassword() })

export const changePasswordSchema = z.object({ current: password(), password: newPassword() })

export const changeEmailSchema = z.object({ email: email(), password: password() })

export const profileSchema = z.object({ name: name(), phone: optionalText(40) })

/** What cannot be undone asks for the password again. */
export const passwordSchema = z.object({ password: password() })

/** Six digits of an app, or a recovery code; spaces and dashes as people type them. */
export const codeSchema = z.object({
  code: text(40, 'Enter the code.').regex(
    /^[\d\sa-zA-Z-]+$/,
    'A code has six digits, or is one of your recovery codes.',
  ),
})
