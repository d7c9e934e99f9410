import { type ActionFunctionArgs, data } from '@remix-run/node'
import { addToCart, findVariant } from '#app/domain/cart/cart.server.ts'
import { type AddRefusal, maxLines } from '#app/domain/cart/cart.ts'
import { addSchema } from '#app/domain/cart/cart.schema.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { readSearchOfProduct } from '#app/http/session/count-searches.server.ts'
import { ensureSession } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'cart' } } satisfies RouteHandle

/** Adds to the cart, by variant or by option values, so that every variant can be added without JavaScript. */
export async function action({ request }: ActionFunctionArgs) {
  const submission = await parseForm(request, addSchema)
  if (submission.status !== 'success') {
    const text = Object.values(submission.error ?? {}).flat()[0] ?? 'Choose an option and a quantity.'
    return refuse({ text, back: urls.cart(), isInline: false })
  }
  const input = submission.value
  const isInline = input.respond === 'inline'
  const target = input.product
    ? await chosenVariant(input, await readSearchOfProduct(request, input.product))
    : { variantId: input.variantId!, back: urls.cart(), searchQuery: null }
  if (target.variantId === null)
    return refuse({ text: 'This combination isn’t available.', back: target.back, isInline })

  const { shopper, headers } = await ensureSession(request)
  const { variantId, searchQuery } = target
  const result = await addToCart({ shopper, variantId, quantity: input.quantity, searchQuery })
  if (!result.ok) return refuse({ text: refusalText(result), back: target.back, isInline, headers })
  const added = result.variantTitle ? `${result.title}, ${result.variantTitle}` : result.title
  if (isInline) return data({ ok: true as const, text: `Added ${added} to the cart.` }, { headers })
  return redirectWithToast(
    urls.cart(),
    { kind: 'success', text: `Added ${added} to your cart.` },
    { headers },
  )
}

/** The list of lines is the cart page. */
export const loader = () => orNotFound(null)

type Chosen = { product: string; option1: string; option2: string; option3: string; variantId?: number }

async function chosenVariant(
  input: Chosen,
  searchQuery: string | null,
): Promise<{ variantId: number | null; back: string; searchQuery: string | null }> {
  const { product } = input
  const values = [input.option1, input.option2, input.option3]
  const { variantId } = orNotFound(await findVariant({ product, values, variantId: input.variantId }))
  const picked = values.flatMap((value, index) => (value ? [[`option${index + 1}`, value] as const] : []))
  const shown: Record<string, string> =
    variantId === null ? Object.fromEntries(picked) : { variant: String(variantId) }
  return { variantId, back: urls.foundProduct(product, searchQuery, shown), searchQuery }
}

async function refuse(refusal: { text: string; back: string; isInline: boolean; headers?: Headers }) {
  const { text, back, isInline, headers } = refusal
  if (isInline) return data({ ok: false as const, text }, { headers })
  return redirectWithToast(back, { kind: 'error', text }, { headers })
}

function refusalText({ reason, left }: { reason: AddRefusal; left: number }): string {
  const messages = {
    'not-found': 'This product is no longer available.',
    'not-for-sale': 'This variant can’t be bought online. Please contact us for a price.',
    'sold-out': 'This variant is sold out.',
    'too-many':
      left === 0
        ? 'You already have all available stock in your cart.'
        : `Only ${left} more can be added to your cart.`,
    'session-expired': 'Your session changed. Please try again.',
    'cart-full': `Your cart is full (${maxLines} items). Place this order first.`,
  } satisfies Record<AddRefusal, string>
  return messages[reason]
}
