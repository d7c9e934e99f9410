// Places an order and is killed at the given statement, like a server that loses power. Arguments: database URL,
// session id, the filled form as JSON, "before" or "after", number of the statement. Exits with 0 when there was no
// such statement, so that the caller knows it has tested them all.
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { closeDb, connect } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'

const [url, sessionId, form, when, crashAt] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
]

let counting = false
let statements = 0

function crash() {
  process.kill(process.pid, 'SIGKILL')
}

connect(url, {
  max: 1,
  onStatement: () => {
    if (!counting) return
    statements += 1
    if (statements !== Number(crashAt)) return
    // "before": nothing of this statement is sent. "after": it is sent, its result is never read.
    if (when === 'before') crash()
    else setImmediate(crash)
  },
})
await openOutbox()
const settings = (await getSettings())!
counting = true
await placeOrder({
  shopper: { sessionId: Number(sessionId), userId: null },
  form: JSON.parse(form),
  settings,
  now: new Date(),
})
counting = false
await closeOutbox()
await closeDb()
