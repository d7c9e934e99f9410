import type { LoaderFunctionArgs } from '@remix-run/node'
import { matchesSchema } from '#app/domain/collections/collection.schema.ts'
import { countMatches } from '#app/domain/collections/collection-rules.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseFields } from '#app/http/forms/parse-form.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** The number of products that match conditions that are not saved yet. */
export async function loader({ request }: LoaderFunctionArgs) {
  const submission = parseFields(new URL(request.url).searchParams, matchesSchema)
  return Response.json({ count: submission.status === 'success' ? await countMatches(submission.value) : 0 })
}
