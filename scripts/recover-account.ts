/**
 * npm run recover-account -- olga@shop.example [--without-two-factor]
 *
 * Prints a single-use link to set a new password, for the operator of the server: it needs no email. Uses the same
 * settings as the store, which may be running.
 */
import { parseArgs } from 'node:util'
import { createRecoveryLink } from '#app/domain/accounts/recover-account.server.ts'
import { urls } from '#app/urls.ts'
import { closeDb, connect } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { env } from '#env'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'without-two-factor': { type: 'boolean', default: false } },
})
const [email] = positionals
if (!email) {
  console.error('Email address missing. Usage: npm run recover-account -- olga@shop.example')
  process.exit(1)
}

const embedded = env.databaseUrl ? undefined : await startEmbedded(env.dataDir)
connect(env.databaseUrl ?? embedded!.url, { max: 2 })
await openOutbox()
const recovery = await createRecoveryLink(email, { withoutTwoFactor: values['without-two-factor'] })
await closeOutbox()
await closeDb()
await embedded?.stop()

if (recovery === null) {
  console.error(`No active account with the email address ${email}.`)
  process.exit(1)
}
console.log(
  `\n  Recovery link (works once, expires in an hour): ${env.appOrigin}${urls.resetPassword(recovery.token)}\n`,
)
if (recovery.isTwoFactorLost)
  console.log(
    '  The two-factor secret of this account was encrypted with another SESSION_SECRET and can’t be read. Restore that\n' +
      '  secret, use a recovery code, or run this command again with --without-two-factor.\n',
  )
