import type { LoaderFunctionArgs } from '@remix-run/node'
import { matchesSchema } from '#app/domain/catalog/collection.schema.ts'
import { countMatches } from '#app/domain/catalog/collection-rules.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { parseFields } from '#app/http/parse-form.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

/** How many products rules hold that are still being written. */
export async function loader({ request }: LoaderFunctionArgs) {
  const submission = parseFields(new URL(request.url).searchParams, matchesSchema)
  return { count: submission.status === 'success' ? await countMatches(submission.value) : 0 }
}
