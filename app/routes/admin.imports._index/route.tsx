import { formatNumber } from '#app/domain/intl.ts'
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ImportStatus } from '#app/components/admin/import-status.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { pageOf } from '#app/components/admin/list-params.ts'
import { DateTime } from '#app/components/date-time.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { importsPerPage, listImports } from '#app/domain/imports/imports.server.ts'
import { uploadSchema } from '#app/domain/imports/imports.schema.ts'
import { receiveImport, type ReceiveResult } from '#app/domain/imports/receive-import.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseFormData } from '#app/http/forms/parse-form.ts'
import { readUpload } from '#app/http/forms/read-upload.server.ts'
import { urls } from '#app/urls.ts'
import { UploadForm } from './upload-form.tsx'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Imports')

export async function loader({ request }: LoaderFunctionArgs) {
  const page = pageOf(new URL(request.url).searchParams)
  return { ...(await listImports(page)), page, perPage: importsPerPage }
}

type ImportRow = Awaited<ReturnType<typeof loader>>['imports'][number]
type Refusal = Extract<ReceiveResult, { ok: false }>['reason'] | 'no-file'

const refusals = {
  'no-file': 'Choose a file first.',
  empty: 'The file is empty, or none was chosen.',
  'too-large': 'The file is larger than 512 MB. Split it into several files.',
} satisfies Record<Refusal, string>

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const { form, files } = await readUpload(request)
  const submission = await parseFormData(request, form, uploadSchema)
  if (submission.status !== 'success') throw new Response('Bad Request', { status: 400 })
  const { overwrite } = submission.value
  for await (const { filename, bytes } of files) {
    const result = await receiveImport({ filename, bytes, overwrite, by: staff.id })
    if (result.ok) return redirect(urls.admin.import(result.id), 303)
    return data({ refusal: refusals[result.reason], overwrite }, { status: 422 })
  }
  return data({ refusal: refusals['no-file'], overwrite }, { status: 422 })
}

const columns: Column<ImportRow>[] = [
  {
    label: 'File',
    isHead: true,
    cell: (row) => (
      <>
        <Link className="list__link" to={urls.admin.import(row.id)} dir="auto">
          {row.filename}
        </Link>
        <span className="sub">
          <DateTime at={row.createdAt} />
          {row.by && ` by ${row.by}`}
        </span>
      </>
    ),
  },
  {
    label: 'Status',
    isNarrow: true,
    isWide: true,
    isSilent: true,
    cell: (row) => <ImportStatus of={row} />,
  },
  { label: 'New', isNumber: true, isNarrow: true, cell: (row) => formatNumber(row.createCount) },
  { label: 'Changed', isNumber: true, isNarrow: true, cell: (row) => formatNumber(row.updateCount) },
  { label: 'Rejected', isNumber: true, isNarrow: true, cell: (row) => formatNumber(row.errorCount) },
]

export default function Imports() {
  const { imports, total, page, perPage } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <ListPage
      title="Imports"
      about="Import products from a CSV file. Review every change before it is applied."
      top={<UploadForm refusal={refused?.refusal} overwrite={refused?.overwrite ?? false} />}
      rows={imports}
      columns={columns}
      empty={{
        icon: 'imports',
        title: 'No imports yet',
        children: (
          <p>
            Export your products as CSV and upload the file above. In Shopify: Products, Export, “Plain CSV
            file”. In WooCommerce: Products, Export.
          </p>
        ),
      }}
      pages={{ page, perPage, total, noun: ['import', 'imports'] }}
    />
  )
}
