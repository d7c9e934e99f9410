import { Authenticator } from 'remix-auth'
import { FormStrategy } from 'remix-auth-form'
import { loginSchema } from '#app/domain/accounts/accounts.schema.ts'
import type { VerifiedPassword } from '#app/domain/accounts/credentials.server.ts'
import { verifyCredentials } from '#app/domain/accounts/sign-in.server.ts'
import { parseFields } from '#app/http/forms/parse-form.ts'

/** The user of the form's email address and password; null when they match no user. */
export const authenticator = new Authenticator<VerifiedPassword | null>()

authenticator.use(
  new FormStrategy(async ({ form }) => {
    const submission = parseFields(form, loginSchema)
    return submission.status === 'success' ? verifyCredentials(submission.value) : null
  }),
  'password',
)
