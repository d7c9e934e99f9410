/**
 * npm run way-in -- olga@shop.example [--without-second-factor]
 *
 * Prints a link to a new password for that account, for the one who runs the server: it asks for no mail. Uses the
 * same settings as the shop, which may be running meanwhile.
 */
import { parseArgs } from 'node:util'
import { makeWayIn } from '#app/domain/accounts/way-in.server.ts'
import { urls } from '#app/urls.ts'
import { closeDb, connect } from '#db/client.ts'
import { startEmbedded } from '#db/embedded.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { env } from '#env'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'without-second-factor': { type: 'boolean', default: false } },
})
const [email] = positionals
if (!email) {
  console.error('Whose account? For example: npm run way-in -- olga@shop.example')
  process.exit(1)
}

const embedded = env.databaseUrl ? undefined : await startEmbedded(env.dataDir)
connect(env.databaseUrl ?? embedded!.url, { max: 2 })
await openOutbox()
const wayIn = await makeWayIn(email, { withoutSecondFactor: values['without-second-factor'] })
await closeOutbox()
await closeDb()
await embedded?.stop()

if (wayIn === null) {
  console.error(`There is no open account with the address ${email}.`)
  process.exit(1)
}
console.log(`\n  Good once, for an hour: ${env.appOrigin}${urls.resetPassword(wayIn.token)}\n`)
if (wayIn.isSecondFactorLost)
  console.log(
    '  The second factor of this account was sealed with another SESSION_SECRET and cannot be checked. Set that one\n' +
      '  again, use a recovery code, or run this once more with --without-second-factor.\n',
  )
