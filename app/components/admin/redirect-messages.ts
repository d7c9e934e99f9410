import type { RedirectRefusal } from '#app/domain/redirects/edit-redirects.server.ts'
import type { ImportResult, RowReason } from '#app/domain/redirects/import-redirects.server.ts'
import { maxHops, maxPathLength, maxRedirects, maxTargetLength } from '#app/domain/redirects/redirects.ts'
import { formatNumber } from '#app/domain/intl.ts'

type Answer = { problem: string } | { errors: { path?: string[]; target?: string[] } }

/** What is wrong with one redirect, in a form or in a row of a file. */
const addressMessages = {
  'no-path': 'Enter the old address.',
  'other-site': 'The old address must be of this store. Enter its path, such as /old-page.',
  query: 'Leave out everything from “?” or “#”. Redirects keep the query string by themselves.',
  protected: 'This address is used by the store itself and can’t redirect.',
  home: 'The home page can’t redirect.',
  'long-path': `Use at most ${maxPathLength} characters for the old address.`,
  'no-target': 'Enter the new address.',
  'invalid-target':
    'Enter a path of this store, such as /collections/all, or a URL that begins with https://.',
  'long-target': `Use at most ${maxTargetLength} characters for the new address.`,
  'same-address': 'The new address is the same as the old one.',
  loop: 'Other redirects lead from the new address back to the old one.',
  'long-chain': `This makes a chain of more than ${maxHops} redirects. Lead to the last address directly.`,
}

const ofPath = new Set<RedirectRefusal>(['no-path', 'other-site', 'query', 'protected', 'home', 'long-path'])

/** Why a redirect was not saved, at its field where there is one. */
export function redirectRefusal(reason: RedirectRefusal): Answer {
  const otherMessages = {
    'not-found': { problem: 'This redirect was deleted.' },
    stale: {
      problem:
        'Someone else changed this redirect, so nothing was saved. Your edits are still here: copy what you need, then reload the page.',
    },
    taken: { errors: { path: ['This address has a redirect already. Edit that one.'] } },
    'too-many': { problem: `There can be at most ${formatNumber(maxRedirects)} redirects.` },
  } satisfies Record<Exclude<RedirectRefusal, keyof typeof addressMessages>, Answer>
  if (reason in otherMessages) return otherMessages[reason as keyof typeof otherMessages]
  const message = addressMessages[reason as keyof typeof addressMessages]
  return { errors: ofPath.has(reason) ? { path: [message] } : { target: [message] } }
}

export const rowMessages = {
  ...addressMessages,
  twice: 'The old address is in the file twice, with different new addresses.',
} satisfies Record<RowReason, string>

type FileReason = Exclude<Extract<ImportResult, { ok: false }>['reason'], 'rows' | 'unreadable'>

export const fileMessages = {
  empty: 'The file is empty, or none was chosen.',
  'too-large': 'The file is larger than 8 MB. Split it into several files.',
  'no-columns': 'The first row must have the columns “Redirect from” and “Redirect to”.',
  'too-many-rows': 'The file has more than 10,000 redirects. Split it into several files.',
  'too-many': `There can be at most ${formatNumber(maxRedirects)} redirects, so nothing was imported.`,
} satisfies Record<FileReason, string>

/** The toast after a redirect was saved. */
export function savedToast(isInUse: boolean): { kind: 'success' | 'info'; text: string } {
  if (!isInUse) return { kind: 'success', text: 'Redirect saved.' }
  return {
    kind: 'info',
    text: 'Redirect saved. A page exists at the old address, so it is only used when that page is gone.',
  }
}
