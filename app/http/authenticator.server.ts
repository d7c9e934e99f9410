import { Authenticator } from 'remix-auth'
import { FormStrategy } from 'remix-auth-form'
import { loginSchema } from '#app/domain/accounts/accounts.schema.ts'
import type { VerifiedPassword } from '#app/domain/accounts/credentials.server.ts'
import { verifyCredentials } from '#app/domain/accounts/sign-in.server.ts'
import { parseFields } from './parse-form.ts'

/** Who the form's e-mail address and password belong to; null when they belong to nobody. */
export const authenticator = new Authenticator<VerifiedPassword | null>()

authenticator.use(
  new FormStrategy(async ({ form }) => {
    const submission = parseFields(form, loginSchema)
    return submission.status === 'success' ? verifyCredentials(submission.value) : null
  }),
  'password',
)
