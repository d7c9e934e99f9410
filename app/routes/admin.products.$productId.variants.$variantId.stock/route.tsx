import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { Blank } from '#app/components/admin/blank.tsx'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { SelectField, TextField } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, keptOr, useServerForm } from '#app/components/admin/form.tsx'
import { withParams } from '#app/components/admin/list-params.ts'
import { Moment } from '#app/components/moment.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { variantTitle } from '#app/domain/catalog/options.ts'
import { getVariantForStaff } from '#app/domain/catalog/product-editor.server.ts'
import { stockSchema } from '#app/domain/catalog/product.schema.ts'
import { correctStock, type LedgerRow, listStockLedger } from '#app/domain/catalog/stock-correction.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = () => adminMeta('Stock')

const perPage = 50

export async function loader({ request, params }: LoaderFunctionArgs) {
  const variant = orNotFound(await getVariantForStaff(idOf(params.productId), idOf(params.variantId)))
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
  const staff = await userOf(request)
  const productId = idOf(params.productId)
  const variantId = idOf(params.variantId)
  const submission = await parseForm(request, stockSchema)
  if (submission.status !== 'success') return badForm(submission)
  const result = await correctStock({ ...submission.value, productId, variantId, by: staff.id })
  if (result.ok) {
    const text =
      result.soldMeanwhile === 0
        ? `The stock is ${result.stock}.`
        : `The stock is ${result.stock}: it moved while you typed, and your difference of ${signed(result.delta)} was kept.`
    return redirectWithToast(urls.admin.productVariantStock(productId, variantId), { kind: 'success', text })
  }
  if (result.reason === 'gone') throw orNotFound(null)
  return badForm(submission, [
    `So many sold meanwhile that the stock would be below zero (${result.stock} are left), so nothing was changed. Open the page again and count once more.`,
  ])
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
      <Panel title="How the stock came about" flush>
        {ledger.length === 0 ? (
          <Blank title="No change yet">
            <p>Each sale, delivery and correction is written down here.</p>
          </Blank>
        ) : (
          <DataTable
            caption="Changes of the stock"
            columns={columns}
            rows={ledger}
            rowKey={(row) => row.id}
          />
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
  const [form, fields] = useServerForm<{ stock: string; reason: string; note: string }>({
    id: 'stock',
    result,
    constraint,
    values: { stock: String(variant.stock), reason: 'correction', note: '' },
  })
  return (
    <Form {...formProps(form)}>
      <CsrfField />
      <input type="hidden" name="shown" value={keptOr(result, 'shown', variant.stock)} />
      <ErrorSummary form={form} />
      <Panel title={variantTitle(variant.optionValues) || 'Stock'}>
        <div className="fields fields--3">
          <TextField
            field={fields.stock}
            label="Set the stock to"
            type="number"
            hint={`It is ${variant.stock} now.`}
          />
          <SelectField
            field={fields.reason}
            label="Why"
            choices={[
              { value: 'correction', label: 'Counted again' },
              { value: 'received', label: 'Delivery came in' },
            ]}
          />
          <TextField field={fields.note} label="Note (optional)" autoComplete="off" />
        </div>
        <div className="row-of-actions apart">
          <button className="button button--primary" type="submit">
            Save the stock
          </button>
          <p className="save-bar__note">The difference is booked, so a sale in between is kept.</p>
        </div>
      </Panel>
    </Form>
  )
}

const reasonWords = {
  initial: 'First stock',
  import: 'Import',
  correction: 'Counted again',
  received: 'Delivery came in',
  sale: 'Sold',
  cancellation: 'Order cancelled',
} satisfies Record<LedgerRow['reason'], string>

const columns: Column<LedgerRow>[] = [
  { label: 'When', isTight: true, cell: (row) => <Moment at={row.createdAt} as="long" /> },
  {
    label: 'Why',
    isWide: true,
    cell: (row) => (
      <>
        {reasonWords[row.reason]}
        {row.oversold && ' although none was left'}
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
    isTight: true,
    cell: (row) => <span className={row.delta > 0 ? 'plus' : 'minus'}>{signed(row.delta)}</span>,
  },
  { label: 'Stock after', isNumber: true, isTight: true, cell: (row) => row.balance.toLocaleString('en') },
]

function signed(delta: number): string {
  return delta > 0 ? `+${delta.toLocaleString('en')}` : `−${Math.abs(delta).toLocaleString('en')}`
}
