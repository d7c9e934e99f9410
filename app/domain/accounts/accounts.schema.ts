import { z } from 'zod'
import { email, optionalText, text, verbatim } from '#app/domain/fields.ts'
import { currency, locale, timeZone } from '#app/domain/settings/settings.schema.ts'

/** At least eight characters, no composition rules (NIST SP 800-63B); long passphrases are allowed. */
export const newPassword = () =>
  verbatim(
    z
      .string({ error: 'Choose a password.' })
      .min(8, 'Use at least 8 characters; a passphrase of four words is stronger.')
      .max(256, 'Use at most 256 characters.'),
  )

/** An existing password: only its length is checked. */
const password = () =>
  verbatim(z.string({ error: 'Enter your password.' }).max(256, 'This password is too long.'))

const name = () => text(120, 'Enter your name.')

export const loginSchema = z.object({ email: email(), password: password(), next: optionalText(500) })

export const setupSchema = z.object({
  code: text(100, 'Open the setup link exactly as printed in the server log.'),
  shopName: text(80, 'Enter your store name.'),
  currency: currency(),
  locale: locale(),
  timeZone: timeZone(),
  name: name(),
  email: email(),
  password: newPassword(),
})

export type SetupInput = z.output<typeof setupSchema>

/** For requests that need only an email address: sign-up link, password reset link, order links. */
export const emailSchema = z.object({ email: email() })

/** Completes a sign-up or an invitation link. */
export const newAccountSchema = z.object({ name: name(), password: newPassword() })

export const resetPasswordSchema = z.object({ password: newPassword() })

export const changePasswordSchema = z.object({ current: password(), password: newPassword() })

export const changeEmailSchema = z.object({ email: email(), password: password() })

export const profileSchema = z.object({ name: name(), phone: optionalText(40) })

/** Irreversible actions ask for the password again. */
export const passwordSchema = z.object({ password: password() })

/** A six-digit authenticator code or a recovery code; spaces and dashes are accepted. */
export const codeSchema = z.object({
  code: text(40, 'Enter the code.').regex(
    /^[\d\sa-zA-Z-]+$/,
    'Enter the six digits from your app, or a recovery code.',
  ),
})
