import type { ActionFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { CheckField, MoneyField, TextArea, TextField } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, useServerForm } from '#app/components/admin/form.tsx'
import { optionMessages } from '#app/components/admin/option-messages.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import {
  ProductOrganizationFields,
  type ProductFormValues,
  ProductContentFields,
  ProductVisibility,
  SearchPanel,
} from '#app/components/admin/product-fields.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { listProductFilterValues } from '#app/domain/products/list-products.server.ts'
import { newProductSchema } from '#app/domain/products/product.schema.ts'
import { createProduct } from '#app/domain/products/save-product.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { invalidFormResponse, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('New product')

export async function loader() {
  const shop = orNotFound(await getSettings())
  const suggestions = await listProductFilterValues()
  return {
    suggestions,
    currency: shop.currency,
    timeZone: shop.timeZone,
    constraint: constraintsOf(newProductSchema(shop)),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const shop = orNotFound(await getSettings())
  const submission = await parseForm(request, newProductSchema(shop))
  if (submission.status !== 'success') return invalidFormResponse(submission)
  const result = await createProduct({ ...submission.value, now: new Date(), by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.product(result.id), {
      kind: 'success',
      text: `“${submission.value.title}” was created.`,
    })
  if (result.reason === 'handle-taken')
    return invalidFormResponse(submission, [
      'Another product has this handle. Choose another one, or leave it empty.',
    ])
  return invalidFormResponse(submission, [optionMessages[result.reason]])
}

type Values = ProductFormValues & {
  price: string
  compareAtPrice: string
  cost: string
  sku: string
  barcode: string
  trackStock: string
  stock: string
  options: { name: string; values: string }[]
}

const blank = { name: '', values: '' }

export default function NewProduct() {
  const { suggestions, currency, timeZone, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const [form, fields] = useServerForm<Values>({
    id: 'product',
    result,
    constraint,
    values: { status: 'draft', isShown: 'on', trackStock: 'on', stock: '0', options: [blank, blank, blank] },
  })
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.products(), label: 'Products' }]} title="New product" />
      <Form {...formProps(form)}>
        <CsrfField />
        <ErrorSummary form={form} />
        <div className="columns">
          <div>
            <ProductContentFields fields={fields} />
            <Panel title="Price and stock">
              <div className="fields">
                <div className="fields fields--3">
                  <MoneyField
                    field={fields.price}
                    label="Price"
                    currency={currency}
                    hint="Leave empty if not for sale."
                  />
                  <MoneyField
                    field={fields.compareAtPrice}
                    label="Compare-at price"
                    currency={currency}
                    hint="Original price, shown crossed out."
                  />
                  <MoneyField
                    field={fields.cost}
                    label="Cost"
                    currency={currency}
                    hint="Only staff see it."
                  />
                </div>
                <div className="fields fields--3">
                  <TextField field={fields.stock} label="In stock" type="number" min={0} />
                  <TextField field={fields.sku} label="SKU (optional)" autoComplete="off" />
                  <TextField field={fields.barcode} label="Barcode (optional)" autoComplete="off" />
                </div>
                <CheckField field={fields.trackStock} label="Track quantity" hint="Stop selling at zero." />
              </div>
            </Panel>
            <Panel title="Options">
              <p className="soft small">
                A product with sizes or colors has one variant for each combination. All variants start with
                the price and stock above.
              </p>
              <div className="fields apart">
                {fields.options.getFieldList().map((row, index) => {
                  const option = row.getFieldset()
                  return (
                    <div className="option-row" key={row.key}>
                      <TextField
                        field={option.name}
                        label={`Option ${index + 1}`}
                        placeholder={['Size', 'Color', 'Material'][index]}
                        autoComplete="off"
                      />
                      <TextArea
                        field={option.values}
                        label="Values, separated by commas"
                        placeholder={['S, M, L', 'Chalk, Moss', 'Linen'][index]}
                        rows={1}
                      />
                    </div>
                  )
                })}
              </div>
            </Panel>
            <SearchPanel fields={fields} folder="/products/" />
          </div>
          <div>
            <ProductVisibility fields={fields} timeZone={timeZone} />
            <ProductOrganizationFields fields={fields} suggestions={suggestions} />
          </div>
        </div>
        <div className="save-bar">
          <button className="button button--primary" type="submit">
            Save product
          </button>
          <Link className="button button--quiet" to={urls.admin.products()}>
            Back
          </Link>
          <p className="save-bar__note">You can add images after saving.</p>
        </div>
      </Form>
    </>
  )
}
