import type { SaveClassResult } from '#app/domain/taxes/tax-classes.server.ts'
import type { SaveRateResult } from '#app/domain/taxes/tax-rates.server.ts'

type Reason<Result> = Extract<Result, { ok: false; reason: string }>['reason']
type Answer = { problem: string } | { errors: Record<string, string[]> }

const stale = (what: string) =>
  `Someone else changed this ${what}, so nothing was saved. Your edits are still here: copy what you need, then reload the page.`

/** Why a tax rate was not saved, at its field where there is one. */
export const rateRefusals = {
  'rate-taken': { errors: { country: ['There is a rate for this place and tax class already.'] } },
  'class-deleted': { errors: { taxClassId: ['This tax class was deleted. Choose another one.'] } },
  stale: { problem: stale('rate') },
  'not-found': { problem: 'This rate was deleted.' },
} satisfies Record<Reason<SaveRateResult>, Answer>

/** Why a tax class was not saved. */
export const classRefusals = {
  'title-taken': { errors: { title: ['Another tax class has this name.'] } },
  stale: { problem: stale('tax class') },
  'not-found': { problem: 'This tax class was deleted.' },
} satisfies Record<Reason<SaveClassResult>, Answer>
