import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { countApplied, getImport, startUndoing } from '#app/domain/imports/imports.server.ts'
import { isUndoable } from '#app/domain/imports/imports.ts'
import { formatCount } from '#app/domain/intl.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Undo import')

export async function loader({ params }: LoaderFunctionArgs) {
  const found = orNotFound(await getImport(parseId(params.importId)))
  if (!isUndoable(found)) return redirect(urls.admin.import(found.id), 303)
  return { id: found.id, filename: found.filename, applied: await countApplied(found.id) }
}

export const action = buttonAction({
  ids: ['importId'],
  command: ({ importId }, by) => startUndoing(importId, by),
  page: ({ importId }) => urls.admin.import(importId),
  done: 'The import is being undone.',
  refusals: { 'wrong-state': 'This page is out of date, so nothing was changed.' },
}).action

/** Asks before the import is undone. */
export default function UndoImport() {
  const { id, filename, applied } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={`Undo the import of “${filename}”?`} />
      <div className="settings">
        <Panel>
          {applied.create > 0 && <p>{formatCount(applied.create, 'new product')} will be deleted.</p>}
          {applied.update > 0 && (
            <p className="apart">
              {formatCount(applied.update, 'changed product')} will be as before the import. Stock changes by
              the difference that the import made, so later sales stay counted.
            </p>
          )}
          <p className="apart">
            A product that was changed, ordered or added to a collection after the import stays as it is.
            Afterwards you see these products with the reason.
          </p>
          <Form method="post" className="row-of-actions apart">
            <CsrfField />
            <button className="button button--danger" type="submit">
              Undo import
            </button>
            <Link className="button button--quiet" to={urls.admin.import(id)}>
              Cancel
            </Link>
          </Form>
        </Panel>
      </div>
    </>
  )
}
