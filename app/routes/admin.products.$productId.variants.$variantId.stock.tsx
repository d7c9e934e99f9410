import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { EditForm } from '#app/components/admin/edit-form.tsx'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { SelectField } from '#app/components/admin/fields.tsx'
import { Field } from '#app/components/field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { withParams } from '#app/components/admin/list-params.ts'
import { DateTime } from '#app/components/date-time.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { variantTitle } from '#app/domain/products/options.ts'
import { formatNumber } from '#app/domain/intl.ts'
import { getVariantForStaff } from '#app/domain/products/product-editor.server.ts'
import { stockSchema } from '#app/domain/products/product.schema.ts'
import { adjustStock, type LedgerRow, listStockLedger } from '#app/domain/stock/adjust-stock.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = () => adminMeta('Stock')

const perPage = 50

export async function loader({ request, params }: LoaderFunctionArgs) {
  const variant = orNotFound(await getVariantForStaff(parseId(params.productId), parseId(params.variantId)))
  const before = new URL(request.url).searchParams.get('before') ?? ''
  const ledger = await listStockLedger({
    variantId: variant.id,
    before: /^\d{1,15}$/.test(before) ? Number(before) : undefined,
    limit: perPage + 1,
  })
  const older = ledger.length > perPage ? ledger[perPage - 1]!.id : null
  return { variant, ledger: ledger.slice(0, perPage), older, constraint: constraintsOf(stockSchema) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  const variantId = parseId(params.variantId)
  const submission = await parseForm(request, stockSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { list, ...change } = submission.value
  const result = await adjustStock({ ...change, productId, variantId, by: staff.id })
  if (result.ok) {
    const text =
      result.soldSince === 0
        ? `Stock is now ${result.stock}.`
        : `Stock is now ${result.stock}. It changed while you were editing, so your adjustment of ${signed(result.delta)} was applied.`
    const stockPage = urls.admin.productVariantStock(productId, variantId)
    const address = list === undefined ? stockPage : urls.admin.products() + list
    return redirectWithToast(address, { kind: 'success', text })
  }
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, {
    problem: `Sales since you opened this page would make the stock negative (${result.stock} left), so nothing was saved. Reload the page and count again.`,
  })
}

export default function Stock() {
  const { variant, ledger, older } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  return (
    <>
      <p className="error-summary">
        <Link to={urls.admin.productVariant(variant.productId, variant.id)}>
          Back to {variantTitle(variant.optionValues) || 'price and stock'}
        </Link>
      </p>
      <StockForm key={`${variant.stock} ${ledger[0]?.id}`} />
      <Panel title="Stock history" flush>
        {ledger.length === 0 ? (
          <EmptyState title="No changes yet">
            <p>Sales, received stock and adjustments appear here.</p>
          </EmptyState>
        ) : (
          <DataTable caption="Stock changes" columns={columns} rows={ledger} rowKey={(row) => row.id} />
        )}
        {(older || params.has('before')) && (
          <div className="pages">
            <Link to={withParams(params, { before: null })}>Newest</Link>
            {older && <Link to={withParams(params, { before: older })}>Older changes</Link>}
          </div>
        )}
      </Panel>
    </>
  )
}

function StockForm() {
  const { variant, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const form = formFields<{ stock: string; reason: string; note: string }>({
    id: 'stock',
    answer: result,
    constraint,
    values: { stock: String(variant.stock), reason: 'correction', note: '' },
  })
  return (
    <EditForm method="post" answer={result}>
      <CsrfField />
      <input type="hidden" name="shown" value={submittedOr(result, 'shown', variant.stock)} />
      <ErrorSummary form={form} />
      <Panel title={variantTitle(variant.optionValues) || 'Stock'}>
        <div className="fields fields--3">
          <Field
            {...form.field('stock')}
            label="New stock"
            type="number"
            hint={`Current stock: ${variant.stock}`}
          />
          <SelectField
            {...form.field('reason')}
            label="Reason"
            choices={[
              { value: 'correction', label: 'Recount' },
              { value: 'received', label: 'Received' },
            ]}
          />
          <Field {...form.field('note')} label="Note" isOptional autoComplete="off" />
        </div>
        <div className="row-of-actions apart">
          <button className="button button--primary" type="submit">
            Save stock
          </button>
          <p className="save-bar__note">Saved as an adjustment, so recent sales are included.</p>
        </div>
      </Panel>
    </EditForm>
  )
}

const reasonLabels = {
  initial: 'Initial stock',
  import: 'Import',
  correction: 'Recount',
  received: 'Received',
  sale: 'Sold',
  cancellation: 'Order canceled',
  restock: 'Restocked',
} satisfies Record<LedgerRow['reason'], string>

const columns: Column<LedgerRow>[] = [
  { label: 'Date', isNarrow: true, cell: (row) => <DateTime at={row.createdAt} as="long" /> },
  {
    label: 'Reason',
    isWide: true,
    cell: (row) => (
      <>
        {reasonLabels[row.reason]}
        {row.oversold && ' on backorder'}
        {row.orderId && row.orderNumber && (
          <>
            {' · '}
            <Link to={urls.admin.order(row.orderId)}>{row.orderNumber}</Link>
          </>
        )}
        {row.importId && (
          <>
            {' · '}
            <Link to={urls.admin.import(row.importId)}>Import {row.importId}</Link>
          </>
        )}
        <span className="sub" dir="auto">
          {[row.by, row.note].filter(Boolean).join(': ')}
        </span>
      </>
    ),
  },
  {
    label: 'Change',
    isNumber: true,
    isNarrow: true,
    cell: (row) => <span className={row.delta > 0 ? 'plus' : 'minus'}>{signed(row.delta)}</span>,
  },
  { label: 'Stock after', isNumber: true, isNarrow: true, cell: (row) => formatNumber(row.balance) },
]

function signed(delta: number): string {
  return delta > 0 ? `+${formatNumber(delta)}` : `−${formatNumber(Math.abs(delta))}`
}
