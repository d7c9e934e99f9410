import type { Submission } from '@conform-to/zod/v4'
import type { DraftTotals } from '#app/components/admin/draft-values.ts'
import { chosenVariants, inTypedOrder, typedVariants } from '#app/components/admin/typed-variants.ts'
import { can } from '#app/domain/access/access.ts'
import { draftSchema, splitCodes } from '#app/domain/drafts/draft.schema.ts'
import { findCustomers, getCustomerDetails } from '#app/domain/drafts/find-customer.server.ts'
import type { DraftQuote } from '#app/domain/drafts/quote-draft.server.ts'
import {
  type DraftPreview,
  previewDraft,
  saveDraft,
  type SaveDraftRefusal,
  unknownCodes,
} from '#app/domain/drafts/save-draft.server.ts'
import { findVariants } from '#app/domain/products/find-variants.server.ts'
import { readSettings, type Settings } from '#app/domain/settings/settings.server.ts'
import { addressForm } from '#app/domain/shipping/address-form.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'
import { formResponse, searchResponse } from './form-response.server.ts'
import { parseForm } from './parse-form.ts'
import { orNotFound, redirectWithToast } from './respond.server.ts'

const refusals = {
  stale: 'Someone else changed this draft, so nothing was saved. Reload it.',
  'not-open': 'This draft was placed or deleted, so nothing was saved.',
  'no-items': 'Add at least one item.',
  'too-many-items': 'A draft can have up to 100 different items.',
  'amount-too-large': 'The total is too large.',
} satisfies Record<Exclude<SaveDraftRefusal, 'not-found' | 'unknown-code'>, string>

/**
 * The action of the form of a draft order, a new one without `draftId`: saves it, unless a button was pressed that
 * searches, fills in a customer, or calculates.
 */
export async function draftAction(request: Request, draftId: number | null) {
  const staff = await requireUser(request)
  const settings = orNotFound(await readSettings())
  const submission = await parseForm(request, draftSchema)
  const now = new Date()
  const about = { draftId, settings, now, seesAccounts: can(staff, 'customers') }
  const { isOnlyAsked, ...more } = await answerOf(submission, about)
  if (isOnlyAsked) return searchResponse(submission, more)
  if (submission.status !== 'success') return formResponse(submission, {}, more)
  const saved = await saveDraft({ draftId, form: submission.value, settings, now, by: staff.id })
  if (saved.ok)
    return redirectWithToast(
      submission.value.next === 'order'
        ? urls.admin.placeDraft(saved.draftId)
        : urls.admin.draft(saved.draftId),
      { kind: 'success', text: 'Draft saved.' },
    )
  if (saved.reason === 'not-found') throw orNotFound(null)
  if (saved.reason === 'unknown-code') {
    const codes = more.unknownCodes.join(', ')
    return formResponse(submission, { errors: { codes: [`No promotion has the code ${codes}.`] } }, more)
  }
  return formResponse(submission, { problem: refusals[saved.reason] }, more)
}

type About = { draftId: number | null; settings: Settings; now: Date; seesAccounts: boolean }

/** What the form shows when it comes back; `isOnlyAsked`: a button was pressed that saves nothing. */
async function answerOf(submission: Submission<unknown>, { seesAccounts, ...about }: About) {
  const { payload } = submission
  const picked = await pickCustomer(submission, seesAccounts)
  const isAsked = payload.findCustomer === 'on'
  const isOnlyAsked = isAsked || picked !== '' || payload.find === 'on' || textOf(payload.update) !== ''
  const preview = readPreview(payload)
  const typed = typedVariants(payload.lines)
  const chosen = chosenVariants(payload.lines)
  // A search drops the rows of the former search; a refused form keeps all.
  const kept = isOnlyAsked ? chosen : typed.map(({ variantId }) => variantId)
  const [found, quote, customers] = await Promise.all([
    findVariants(textOf(payload.q), kept.slice(0, 120)),
    previewDraft(preview, about),
    isAsked ? findCustomers(textOf(payload.email), seesAccounts) : null,
  ])
  const rows = found.map((row) => ({ ...row, isChosen: chosen.includes(row.variantId) }))
  return {
    ...{ isOnlyAsked, customers, picked, addressForm: addressForm(preview.country) },
    found: inTypedOrder(rows, typed),
    quote: quote && describeDraft(quote),
    unknownCodes: quote ? unknownCodes(quote) : [],
  }
}

/** Fills in the details of a customer that was found; returns a key for the form, whose fields have other values now. */
async function pickCustomer(submission: Submission<unknown>, seesAccounts: boolean): Promise<string> {
  const { payload } = submission
  const email = textOf(payload.pickCustomer)
  if (email === '') return ''
  Object.assign(payload, { email }, await getCustomerDetails(email, seesAccounts))
  delete payload.pickCustomer
  return `${email} ${Date.now()}`
}

/** What the total depends on, as typed: a quantity that is none does not count. */
function readPreview(payload: Record<string, unknown>): DraftPreview {
  return {
    lines: typedVariants(payload.lines).flatMap(({ variantId, quantity }) =>
      /^\d{1,3}$/.test(quantity) ? [{ variantId, quantity: Number(quantity) }] : [],
    ),
    codes: splitCodes(textOf(payload.codes)).slice(0, 5),
    email: textOf(payload.email).toLowerCase(),
    country: textOf(payload.country),
    region: textOf(payload.region),
    vatNumber: textOf(payload.vatNumber),
    shippingMethod: textOf(payload.shippingMethod),
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** What the form shows of the totals. */
export function describeDraft(quote: DraftQuote): DraftTotals {
  const { options, option, totals, promotions, asksForVatNumber, cart } = quote
  return {
    options: options.map(({ id, label, rate }) => ({ id, label, rate })),
    optionId: option?.id ?? '',
    totals,
    refused: promotions.refused.filter(({ code }) => code !== null),
    asksForVatNumber,
    notices: cart.lines.map(({ variantId, notices }) => ({ variantId, notices })),
  }
}
