import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { optionalText } from '#app/domain/fields.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

const value = () => optionalText(255)
/** Only what was picked: a quantity that was emptied meanwhile is nobody's business here. */
const schema = z.object({ option1: value(), option2: value(), option3: value() })

/**
 * "Show this version" without script: the picked values become an address. A POST, because the radios belong
 * to the form that adds to the cart, whose token must not end up in an address.
 */
export async function action({ request, params }: ActionFunctionArgs) {
  const submission = await parseForm(request, schema)
  const page = urls.product(params.handle!)
  if (submission.status !== 'success') return redirect(page, 303)
  const { option1, option2, option3 } = submission.value
  const query = new URLSearchParams(
    Object.entries({ option1, option2, option3 }).filter(([, value]) => value !== ''),
  ).toString()
  return redirect(query ? `${page}?${query}` : page, 303)
}

export const loader = () => orNotFound(null)
