import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { selectionSchema } from '#app/domain/collections/collection.schema.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export async function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.collectionProducts(parseId(params.collectionId)), 303)
}

/** Changes nothing: keeps the selection in the URL while the user searches on. A POST form, because it has a token. */
export async function action({ request, params }: ActionFunctionArgs) {
  const list = urls.admin.collectionProducts(parseId(params.collectionId))
  const submission = await parseForm(request, selectionSchema)
  if (submission.status !== 'success') throw new Response('Bad request', { status: 400 })
  const { q, found, all, productIds, shown } = submission.value
  const search = new URLSearchParams({ q, found: String(found ?? 1) })
  for (const id of new Set(all ? [...productIds, ...shown] : productIds)) search.append('pick', String(id))
  return redirect(`${list}?${search}`, 303)
}
