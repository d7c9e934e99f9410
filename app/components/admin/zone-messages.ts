import type { UpdateMethodResult } from '#app/domain/shipping/methods.server.ts'
import type { SaveZoneRefusal } from '#app/domain/shipping/zones.server.ts'

type Message<Reason extends string> = Record<Exclude<Reason, 'place-taken'>, string>

export const zoneMessages = {
  stale:
    'Someone else changed this zone, so nothing was saved. Your edits are still here: copy what you need, then reload the page.',
  'not-found': 'This zone was deleted.',
  'rest-taken': 'Another zone is the rest of the world already. There can be only one.',
} satisfies Message<SaveZoneRefusal['reason']>

export const methodMessages = {
  stale:
    'Someone else changed this method, so nothing was saved. Your edits are still here: copy what you need, then reload the page.',
  'not-found': 'This method was deleted.',
} satisfies Message<Extract<UpdateMethodResult, { ok: false }>['reason']>
