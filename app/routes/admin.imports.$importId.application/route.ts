import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { z } from 'zod'
import { startApplying } from '#app/domain/imports/imports.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export function loader({ params }: LoaderFunctionArgs) {
  return redirect(urls.admin.import(idOf(params.importId)), 303)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const importId = idOf(params.importId)
  await parseForm(request, z.object({}))
  const result = await startApplying(importId, staff.id)
  if (!result.ok && result.reason === 'gone') throw orNotFound(null)
  return redirectWithToast(
    urls.admin.import(importId),
    result.ok
      ? { kind: 'success', text: 'The changes are being applied.' }
      : { kind: 'error', text: 'The import has moved on since you opened the page, so nothing was done.' },
  )
}
