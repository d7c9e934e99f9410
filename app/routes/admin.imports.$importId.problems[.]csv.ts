import type { LoaderFunctionArgs } from '@remix-run/node'
import { oneOf } from '#app/components/admin/list-params.ts'
import { getImport, listAllIssues } from '#app/domain/imports/imports.server.ts'
import { issuesToCsv } from '#app/domain/imports/issues-csv.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** The rejected rows of an import, or its warnings, as a file. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const found = orNotFound(await getImport(parseId(params.importId)))
  const severity = oneOf(['error', 'warning'], new URL(request.url).searchParams.get('severity'))
  const csv = issuesToCsv(await listAllIssues(found.id, severity))
  const name = severity === 'error' ? 'rejected' : 'warnings'
  return new Response(csv, {
    headers: {
      ...noStore,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="import-${found.id}-${name}.csv"`,
    },
  })
}
