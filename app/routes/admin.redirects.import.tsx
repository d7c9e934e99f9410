import { type ActionFunctionArgs, data } from '@remix-run/node'
import { Link, useActionData } from '@remix-run/react'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { DataTable } from '#app/components/admin/data-table.tsx'
import { fileMessages, rowMessages } from '#app/components/admin/redirect-messages.ts'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { formatCount } from '#app/domain/intl.ts'
import { importRedirects, type ImportResult } from '#app/domain/redirects/import-redirects.server.ts'
import { redirectUploadSchema } from '#app/domain/redirects/redirects.schema.ts'
import { parseFormData } from '#app/http/forms/parse-form.ts'
import { readUpload } from '#app/http/forms/read-upload.server.ts'
import { noStore, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Import redirects')

/** The guard checks access in front of loaders: without one, all staff could open this page. */
export const loader = () => null

type Refused = Extract<ImportResult, { ok: false }>

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const { form, files } = await readUpload(request)
  await parseFormData(request, form, redirectUploadSchema)
  for await (const { bytes } of files) {
    const result = await importRedirects(bytes, staff.id)
    if (!result.ok) return data(result, { status: 422, headers: noStore })
    const text = [
      `${formatCount(result.added, 'redirect')} added`,
      ...(result.changed > 0 ? [`${result.changed} changed`] : []),
      ...(result.unchanged > 0 ? [`${result.unchanged} unchanged`] : []),
    ].join(', ')
    return redirectWithToast(urls.admin.redirects(), { kind: 'success', text: `${text}.` })
  }
  return data({ ok: false, reason: 'empty' } satisfies Refused, { status: 422, headers: noStore })
}

export default function ImportRedirects() {
  const refused = useActionData<typeof action>()
  const error = refused && messageOf(refused)
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.redirects(), label: 'Redirects' }]}
        title="Import redirects"
        about="From a CSV file in Shopify’s format, with the columns “Redirect from” and “Redirect to”."
      />
      {refused?.reason === 'rows' && <Problems {...refused} />}
      <Panel title="Upload a file">
        <form
          className="upload"
          method="post"
          encType="multipart/form-data"
          action={urls.admin.importRedirects()}
        >
          <CsrfField />
          <div className="field">
            <label htmlFor="redirects-file">CSV file</label>
            <input
              className="upload__file"
              id="redirects-file"
              type="file"
              name="file"
              accept=".csv,.tsv,.txt,text/csv"
              required
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? 'redirects-file-error redirects-file-hint' : 'redirects-file-hint'}
            />
            {error && (
              <p className="field__error" id="redirects-file-error" role="alert">
                {error}
              </p>
            )}
            <p className="field__hint" id="redirects-file-hint">
              Up to 10,000 redirects. An old address that has a redirect already gets the new one of the file.
            </p>
          </div>
          <div className="row-of-actions">
            <button className="button button--primary" type="submit">
              Import redirects
            </button>
            <Link className="button button--quiet" to={urls.admin.redirects()}>
              Cancel
            </Link>
          </div>
        </form>
      </Panel>
    </>
  )
}

function messageOf(refused: Refused): string {
  if (refused.reason === 'rows')
    return `Nothing was imported: ${formatCount(refused.count, 'row')} can’t be used.`
  return refused.reason === 'unreadable' ? refused.message : fileMessages[refused.reason]
}

function Problems({ problems, count }: Extract<Refused, { reason: 'rows' }>) {
  return (
    <Panel title={`${formatCount(count, 'row')} to fix`} flush>
      <p className="import-note">
        Nothing was imported. Fix these rows in the file, then upload it again.
        {count > problems.length && ` The first ${problems.length} are shown.`}
      </p>
      <DataTable
        caption="Rows to fix"
        columns={[
          { label: 'Line', isNarrow: true, isNumber: true, cell: ({ line }) => line ?? '–' },
          {
            label: 'Old address',
            isHead: true,
            cell: ({ path }) => <span className="web-address">{path}</span>,
          },
          { label: 'Problem', isWide: true, cell: ({ reason }) => rowMessages[reason] },
        ]}
        rows={problems}
        rowKey={({ line, path }) => `${line} ${path}`}
      />
    </Panel>
  )
}
