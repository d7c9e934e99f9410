import type { ActionFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { CheckField, MoneyField, TextArea, TextField } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, useServerForm } from '#app/components/admin/form.tsx'
import { optionWords } from '#app/components/admin/option-words.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import {
  ProductFiling,
  type ProductFormValues,
  ProductTexts,
  ProductVisibility,
  SearchPanel,
} from '#app/components/admin/product-fields.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { listProductWords } from '#app/domain/catalog/list-products.server.ts'
import { newProductSchema } from '#app/domain/catalog/product.schema.ts'
import { createProduct } from '#app/domain/catalog/save-product.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta = () => adminMeta('New product')

export async function loader() {
  const shop = orNotFound(await getSettings())
  const words = await listProductWords()
  return {
    words,
    currency: shop.currency,
    timeZone: shop.timeZone,
    constraint: constraintsOf(newProductSchema(shop)),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const shop = orNotFound(await getSettings())
  const submission = await parseForm(request, newProductSchema(shop))
  if (submission.status !== 'success') return badForm(submission)
  const result = await createProduct({ ...submission.value, now: new Date(), by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.product(result.id), {
      kind: 'success',
      text: `“${submission.value.title}” is made.`,
    })
  if (result.reason === 'handle-taken')
    return badForm(submission, ['Another product has this handle. Choose another one, or leave it empty.'])
  return badForm(submission, [optionWords[result.reason]])
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
  const { words, currency, timeZone, constraint } = useLoaderData<typeof loader>()
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
            <ProductTexts fields={fields} />
            <Panel title="Price and stock">
              <div className="fields">
                <div className="fields fields--3">
                  <MoneyField
                    field={fields.price}
                    label="Price"
                    currency={currency}
                    hint="Empty: on request."
                  />
                  <MoneyField
                    field={fields.compareAtPrice}
                    label="Compare-at price"
                    currency={currency}
                    hint="What it cost before."
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
                <CheckField
                  field={fields.trackStock}
                  label="Count the stock"
                  hint="Sells only what is there. Without it the product never runs out."
                />
              </div>
            </Panel>
            <Panel title="Options">
              <p className="soft small">
                A product that comes in sizes or colours has one variant for each combination. Price and stock
                above are then those of each variant; change them one by one afterwards.
              </p>
              <div className="fields apart">
                {fields.options.getFieldList().map((row, index) => {
                  const option = row.getFieldset()
                  return (
                    <div className="option-row" key={row.key}>
                      <TextField
                        field={option.name}
                        label={`Option ${index + 1}`}
                        placeholder={['Size', 'Colour', 'Material'][index]}
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
            <ProductFiling fields={fields} words={words} />
          </div>
        </div>
        <div className="save-bar">
          <button className="button button--primary" type="submit">
            Make the product
          </button>
          <Link className="button button--quiet" to={urls.admin.products()}>
            Back
          </Link>
          <p className="save-bar__note">Pictures come next.</p>
        </div>
      </Form>
    </>
  )
}
