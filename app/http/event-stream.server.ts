/**
 * GET /events: who may listen to what. The query carries grants as loaders made them: `grant` for what is new to
 * the browser, `heard` for what it has been listening to until the position in `after`. In front of Remix, because
 * a stream there is not told when its reader leaves or cannot keep up.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listLiveSessions } from '#app/domain/accounts/sessions.server.ts'
import { type Grant, nameOf, readGrant, signatureLength } from '#app/domain/realtime/grant.server.ts'
import type { Told } from '#app/domain/realtime/ring.ts'
import { hub } from '#app/domain/realtime/the-hub.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { env } from '#env'
import { byeMessage, createCrowd } from './event-stream-crowd.ts'
import { streamHeaders } from './event-stream-writer.ts'
import { log } from './log.ts'
import { tokenOf } from './session.server.ts'

/** More than a browser's tabs show at once; the newest tab's grants come first in the query. */
const mostTopics = 200
const mostGrants = 40

const crowd = createCrowd(hub)

/** Answers with an event stream. `ip` is the visitor's address, believed as far as TRUST_PROXY says. */
export function serveEvents(request: IncomingMessage, response: ServerResponse, ip: string): void {
  if (!isOurPage(request)) return void response.writeHead(403, { 'cache-control': 'no-store' }).end()
  const asked = askedBy(request)
  const { sessionId: session, stale } = asked
  // Loaders make new grants: the browser reads its pages anew and comes back with those.
  if (asked.grants.length === 0) return part(response, { reason: 'grants', retryMs: 1_000, stale })
  const refusal = crowd.refusalFor({ ip, sessionId: session })
  if (refusal) return part(response, { reason: refusal, retryMs: 30_000 })
  admit(asked)
    .then((admitted) => {
      if (!admitted) return part(response, { reason: 'ended', session, retryMs: 1_000 })
      if (!response.destroyed) crowd.open(response, { ...asked, ...admitted, ip })
    })
    .catch((error: unknown) => {
      log.warn({ err: error }, 'event stream not opened')
      part(response, { reason: 'busy', retryMs: 5_000 })
    })
}

/** Tells every stream to come back, each at a time of its own, and opens no more. */
export const endStreams = () => crowd.end()

/** For /metrics. */
export const countStreams = () => crowd.size()

/** A stream of ours is asked for by a page of ours. Browsers on plain http say nothing about themselves. */
function isOurPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site) return site === 'same-origin'
  return headers.origin === undefined || headers.origin === env.appOrigin
}

type Asked = ReturnType<typeof askedBy>

function askedBy(request: IncomingMessage) {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams
  const by = { secrets: env.sessionSecrets, token: tokenOf(request.headers.cookie ?? ''), now: Date.now() }
  const lastId = String(request.headers['last-event-id'] ?? '')
  const after = lastId || query.get('after') || ''
  const stale: string[] = []
  const read = (name: string) =>
    query
      .getAll(name)
      .slice(0, mostGrants)
      .flatMap((text) => {
        const grant = readGrant(text, by)
        if (!grant) stale.push(text.slice(-signatureLength))
        return grant ?? []
      })
  const grants = [
    ...read('grant').map((grant) => ({ ...grant, from: lastId || grant.position })),
    ...read('heard').map((grant) => ({ ...grant, from: after || grant.position })),
  ]
  const sessionId = grants.find((grant) => grant.sessionId !== null)?.sessionId ?? null
  const topicsOfAll = new Set(grants.flatMap((grant) => grant.topics.map(nameOf)).slice(0, mostTopics))
  if (sessionId !== null) topicsOfAll.add(topics.session(sessionId))
  return { grants, stale, sessionId, topics: topicsOfAll }
}

/**
 * What the stream begins with: what was told since the pages were made, or that they have to read anew. Null when
 * the session is over. Only where this process cannot know that, after a restart for example, it asks the database.
 */
async function admit({ grants, sessionId, topics: wanted }: Asked): Promise<{ begin: Told[] | null } | null> {
  if (sessionId !== null && !(await isLive(sessionId, grants))) return null
  const begin = new Map<number, Told>()
  for (const { from, topics: granted } of grants) {
    const told = hub.since(from, new Set(granted.map(nameOf).filter((topic) => wanted.has(topic))))
    if (!told) return { begin: null }
    for (const one of told) begin.set(one.number, one)
  }
  return { begin: [...begin.values()].sort((a, b) => a.number - b.number) }
}

/** By the position that was signed, and not by the one that the browser names. */
async function isLive(sessionId: number, grants: Grant[]): Promise<boolean> {
  const own = new Set([topics.session(sessionId)])
  const [signed] = grants.filter((grant) => grant.sessionId === sessionId)
  const ends = hub.since(signed!.position, own)
  if (ends) return ends.length === 0
  const asking = hub.position()
  const [found] = await listLiveSessions([sessionId])
  return found !== undefined && hub.since(asking, own)?.length === 0
}

/** Any other status than 200 would stop the browser's EventSource for good. */
function part(response: ServerResponse, why: Parameters<typeof byeMessage>[0]) {
  response.writeHead(200, streamHeaders)
  response.end(byeMessage({ ...why, retryMs: why.retryMs * (1 + Math.random()) }))
}
