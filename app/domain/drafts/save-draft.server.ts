import { randomBytes } from 'node:crypto'
import { and, eq, isNotNull } from 'drizzle-orm'
import { type Cart, maxLines } from '#app/domain/cart/cart.ts'
import { writeDraftCart } from '#app/domain/cart/draft-cart.server.ts'
import { cartOf } from '#app/domain/cart/get-cart.server.ts'
import { maxAmount } from '#app/domain/money.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { draftOrders, users } from '#db/schema/index.ts'
import type { DraftInput } from './draft.schema.ts'
import { isOpenDraft } from '#app/domain/orders/draft-states.ts'
import { changeDraft, lockDraft } from './drafts.server.ts'
import { type DraftQuote, quoteDraft } from './quote-draft.server.ts'

export type SaveDraftRefusal =
  'not-found' | 'stale' | 'not-open' | 'no-items' | 'too-many-items' | 'unknown-code' | 'amount-too-large'

/** What the total of a form depends on. */
export type DraftPreview = Pick<
  DraftInput,
  'lines' | 'codes' | 'email' | 'country' | 'region' | 'vatNumber' | 'shippingMethod'
>

/** What a form of a draft order costs now; null without items. Nothing is stored. */
export async function previewDraft(
  form: DraftPreview,
  { draftId, settings, now }: { draftId: number | null; settings: Settings; now: Date },
): Promise<DraftQuote | null> {
  const lines = itemsOf(form)
  const [cart, userId] = await Promise.all([cartOf(lines, form.codes), findAccount(form.email)])
  return quoteDraft(cart, { owner: { draftId: draftId ?? 0, sessionId: null, userId }, settings, now, form })
}

/** Each variant once: the rows of a search can name one that is an item already. */
function itemsOf({ lines }: DraftPreview): DraftInput['lines'] {
  const quantities = new Map<number, number>()
  for (const { variantId, quantity } of lines)
    if (quantity > 0) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity)
  return [...quantities].map(([variantId, quantity]) => ({ variantId, quantity: Math.min(quantity, 999) }))
}

/** A verified account with this email. */
async function findAccount(email: string): Promise<number | null> {
  if (email === '') return null
  const [user] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.email, email), isNotNull(users.emailVerifiedAt)))
  return user?.id ?? null
}

/**
 * Saves the form of a draft order, a new one without `draftId`. Prices are those of now, and neither stock nor limits of
 * promotions are used until the order is placed. Pages that show the former contents cannot place it anymore.
 */
export async function saveDraft(input: {
  draftId: number | null
  form: DraftInput
  settings: Settings
  now: Date
  by: number
}): Promise<{ ok: true; draftId: number } | { ok: false; reason: SaveDraftRefusal }> {
  const { draftId, form, by } = input
  const quote = await previewDraft(form, input)
  if (!quote) return { ok: false, reason: 'no-items' }
  if (quote.cart.lines.length > maxLines) return { ok: false, reason: 'too-many-items' }
  if (unknownCodes(quote).length > 0) return { ok: false, reason: 'unknown-code' }
  if (quote.totals.total > maxAmount) return { ok: false, reason: 'amount-too-large' }
  const { lines, codes } = quote.cart
  const userId = await findAccount(form.email)
  const values = { ...toColumns(form), userId, items: inWords(quote.cart), total: quote.totals.total }
  return auditedTransaction(by, async (tx) => {
    const id = draftId ?? (await insertDraft(tx, { ...values, createdById: by }))
    if (draftId !== null) {
      const draft = await lockDraft(tx, { draftId })
      if (!draft) return { ok: false, reason: 'not-found' }
      if (!isOpenDraft(draft)) return { ok: false, reason: 'not-open' }
      if (draft.version !== form.version) return { ok: false, reason: 'stale' }
      await changeDraft(tx, draftId, values)
    }
    await writeDraftCart(tx, id, { lines, codes })
    return { ok: true, draftId: id }
  })
}

/** Codes of no promotion. */
export function unknownCodes({ promotions }: DraftQuote): string[] {
  return promotions.refused.flatMap(({ code, reason }) => (reason === 'unknown-code' && code ? [code] : []))
}

async function insertDraft(tx: Tx, values: Omit<typeof draftOrders.$inferInsert, 'token'>): Promise<number> {
  const [draft] = await tx
    .insert(draftOrders)
    .values({ ...values, token: randomBytes(16).toString('base64url') })
    .returning({ id: draftOrders.id })
  return draft!.id
}

/** "2 × Clay pot, Red; 1 × Mug" */
function inWords({ lines }: Cart): string {
  return lines
    .map(({ quantity, title, variantTitle }) =>
      [`${quantity} × ${title}`, variantTitle].filter(Boolean).join(', '),
    )
    .join('; ')
}

function toColumns(form: DraftInput) {
  const { email, phone, vatNumber, shippingMethod, message, internalNote } = form
  return {
    ...{ email, phone, vatNumber, shippingMethod, message, internalNote },
    shipName: form.name,
    shipCompany: form.company,
    shipLine1: form.line1,
    shipLine2: form.line2,
    shipPostcode: form.postcode,
    shipCity: form.city,
    shipRegion: form.region,
    shipCountry: form.country,
  }
}
