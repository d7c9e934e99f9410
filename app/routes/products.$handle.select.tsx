import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { optionalText } from '#app/domain/fields.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { searchBefore } from '#app/http/pages/search-visits.ts'
import { urls } from '#app/urls.ts'
import { env } from '#env'

export const handle = { access: 'everyone' } satisfies RouteHandle

const value = () => optionalText(255)
/** Only the options: an empty quantity does not matter here. */
const schema = z.object({ option1: value(), option2: value(), option3: value() })

/**
 * "Show this variant" without JavaScript: the selected values become a URL. A POST, because the radio buttons belong
 * to the form that adds to the cart, whose CSRF token must not end up in a URL.
 */
export async function action({ request, params }: ActionFunctionArgs) {
  const submission = await parseForm(request, schema)
  const { option1 = '', option2 = '', option3 = '' } = submission.status === 'success' ? submission.value : {}
  const picked = Object.entries({ option1, option2, option3 }).filter(([, value]) => value !== '')
  const foundBy = searchBefore((name) => request.headers.get(name), params.handle!, env.appOrigin)
  return redirect(urls.foundProduct(params.handle!, foundBy, Object.fromEntries(picked)), 303)
}

export const loader = () => orNotFound(null)
