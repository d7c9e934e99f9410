import { Authenticator } from 'remix-auth'
import { FormStrategy } from 'remix-auth-form'
import { loginSchema } from '#app/domain/accounts/accounts.schema.ts'
import type { VerifiedPassword } from '#app/domain/accounts/credentials.server.ts'
import { verifyCredentials } from '#app/domain/accounts/sign-in.server.ts'
import { verbatimNames } from '#app/domain/fields.ts'
import { cleanForm } from './parse-form.ts'

/** Who the form's e-mail address and password belong to; null when they belong to nobody. */
export const authenticator = new Authenticator<VerifiedPassword | null>()

authenticator.use(
  new FormStrategy(async ({ form }) => {
    const input = loginSchema.safeParse(
      Object.fromEntries(cleanForm(form, verbatimNames(loginSchema)).cleaned),
    )
    return input.success ? verifyCredentials(input.data) : null
  }),
  'password',
)
