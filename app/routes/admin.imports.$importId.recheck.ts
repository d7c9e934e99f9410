import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { startReading } from '#app/domain/imports/imports.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.import(parseId(params.importId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const importId = parseId(params.importId)
  await parseForm(request, z.object({}))
  const result = await startReading(importId, staff.id)
  if (!result.ok && result.reason === 'not-found') throw orNotFound(null)
  return redirectWithToast(
    urls.admin.import(importId),
    result.ok
      ? { kind: 'success', text: 'The file is being checked again.' }
      : { kind: 'error', text: 'This page is out of date, so nothing was changed.' },
  )
}
