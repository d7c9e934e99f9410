/**
 * GET /events: opens an event stream for the granted topics. The query carries grants as loaders made them: `grant`
 * for those that are new to the browser, `subscribed` for those whose events it has up to the position in `after`.
 * In front of Remix, because a Remix stream does not learn that its reader disconnected or is too slow.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listActiveSessions } from '#app/domain/accounts/sessions.server.ts'
import { type Grant, topicName, readGrant, signatureLength } from '#app/domain/realtime/grant.server.ts'
import type { BufferedEvent } from '#app/domain/realtime/replay-buffer.ts'
import { hub } from '#app/domain/realtime/hub-instance.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { env } from '#env'
import { closeMessage, createConnections } from './event-stream-connections.ts'
import { streamHeaders } from './event-stream-writer.ts'
import { log } from '#app/http/server/log.ts'
import { readSessionToken } from '#app/http/session/session.server.ts'

/** More than a browser's tabs show at once; the newest tab's grants come first in the query. */
const maxTopics = 200
const maxGrants = 40

const connections = createConnections(hub)

/** Answers with an event stream. `ip` is the client's address, as far as TRUST_PROXY allows. */
export function serveEvents(request: IncomingMessage, response: ServerResponse, ip: string): void {
  if (!isOurPage(request)) return void response.writeHead(403, { 'cache-control': 'no-store' }).end()
  const parsed = parseRequest(request)
  const { sessionId: session, stale } = parsed
  // Loaders make new grants: the browser reloads its pages and reconnects with those.
  if (parsed.grants.length === 0) return refuse(response, { reason: 'grants', retryMs: 1_000, stale })
  const refusal = connections.refusalFor({ ip, sessionId: session })
  if (refusal) return refuse(response, { reason: refusal, retryMs: 30_000 })
  admit(parsed)
    .then((admitted) => {
      if (!admitted) return refuse(response, { reason: 'ended', session, retryMs: 1_000 })
      if (!response.destroyed) connections.open(response, { ...parsed, ...admitted, ip })
    })
    .catch((error: unknown) => {
      log.warn({ err: error }, 'event stream not opened')
      refuse(response, { reason: 'busy', retryMs: 5_000 })
    })
}

/** Closes every stream with a reconnect delay of its own, and accepts no new ones. */
export const endStreams = () => connections.end()

/** For /metrics. */
export const countStreams = () => connections.size()

/** Only our own pages may open a stream. Browsers on plain http send no Sec-Fetch-Site. */
function isOurPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site) return site === 'same-origin'
  return headers.origin === undefined || headers.origin === env.appOrigin
}

type StreamRequest = ReturnType<typeof parseRequest>

function parseRequest(request: IncomingMessage) {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams
  const by = {
    secrets: env.sessionSecrets,
    token: readSessionToken(request.headers.cookie ?? ''),
    now: Date.now(),
  }
  const lastId = String(request.headers['last-event-id'] ?? '')
  const after = lastId || query.get('after') || ''
  const stale: string[] = []
  const read = (name: string) =>
    query
      .getAll(name)
      .slice(0, maxGrants)
      .flatMap((text) => {
        const grant = readGrant(text, by)
        if (!grant) stale.push(text.slice(-signatureLength))
        return grant ?? []
      })
  const grants = [
    ...read('grant').map((grant) => ({ ...grant, from: lastId || grant.position })),
    ...read('subscribed').map((grant) => ({ ...grant, from: after || grant.position })),
  ]
  const sessionId = grants.find((grant) => grant.sessionId !== null)?.sessionId ?? null
  const allTopics = new Set(grants.flatMap((grant) => grant.topics.map(topicName)).slice(0, maxTopics))
  if (sessionId !== null) allTopics.add(topics.session(sessionId))
  return { grants, stale, sessionId, topics: allTopics }
}

/**
 * What the stream begins with: the events since the pages were rendered, or `resync`. Null when the session has ended.
 * Queries the database only where this process cannot know that, for example after a restart.
 */
async function admit({
  grants,
  sessionId,
  topics: wanted,
}: StreamRequest): Promise<{ begin: BufferedEvent[] | null } | null> {
  if (sessionId !== null && !(await isLive(sessionId, grants))) return null
  const begin = new Map<number, BufferedEvent>()
  for (const { from, topics: granted } of grants) {
    const missed = hub.since(from, new Set(granted.map(topicName).filter((topic) => wanted.has(topic))))
    if (!missed) return { begin: null }
    for (const one of missed) begin.set(one.number, one)
  }
  return { begin: [...begin.values()].sort((a, b) => a.number - b.number) }
}

/** By the signed position, not by the one that the browser sends. */
async function isLive(sessionId: number, grants: Grant[]): Promise<boolean> {
  const own = new Set([topics.session(sessionId)])
  const [signed] = grants.filter((grant) => grant.sessionId === sessionId)
  const ends = hub.since(signed!.position, own)
  if (ends) return ends.length === 0
  const before = hub.position()
  const [found] = await listActiveSessions([sessionId])
  return found !== undefined && hub.since(before, own)?.length === 0
}

/** Any other status than 200 would stop the browser's EventSource for good. */
function refuse(response: ServerResponse, why: Parameters<typeof closeMessage>[0]) {
  response.writeHead(200, streamHeaders)
  response.end(closeMessage({ ...why, retryMs: why.retryMs * (1 + Math.random()) }))
}
