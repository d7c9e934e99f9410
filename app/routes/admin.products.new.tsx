import type { ActionFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { CheckField, MoneyField, TextArea } from '#app/components/admin/fields.tsx'
import { Field } from '#app/components/field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields } from '#app/components/form-fields.ts'
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
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
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
  if (submission.status !== 'success') return formResponse(submission)
  const result = await createProduct({ ...submission.value, now: new Date(), by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.product(result.id), {
      kind: 'success',
      text: `“${submission.value.title}” was created.`,
    })
  if (result.reason === 'handle-taken')
    return formResponse(submission, {
      problem: 'Another product has this handle. Choose another one, or leave it empty.',
    })
  return formResponse(submission, { problem: optionMessages[result.reason] })
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

export default function NewProduct() {
  const { suggestions, currency, timeZone, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const form = formFields<Values>({
    id: 'product',
    answer: result,
    constraint,
    values: { status: 'draft', isShown: 'on', trackStock: 'on', stock: '0' },
  })
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.products(), label: 'Products' }]} title="New product" />
      <Form method="post">
        <CsrfField />
        <ErrorSummary form={form} />
        <div className="columns">
          <div>
            <ProductContentFields field={form.field} />
            <Panel title="Price and stock">
              <div className="fields">
                <div className="fields fields--3">
                  <MoneyField
                    {...form.field('price')}
                    label="Price"
                    currency={currency}
                    hint="Leave empty if not for sale."
                  />
                  <MoneyField
                    {...form.field('compareAtPrice')}
                    label="Compare-at price"
                    currency={currency}
                    hint="Original price, shown crossed out."
                  />
                  <MoneyField
                    {...form.field('cost')}
                    label="Cost"
                    currency={currency}
                    hint="Only staff see it."
                  />
                </div>
                <div className="fields fields--3">
                  <Field {...form.field('stock')} label="In stock" type="number" min={0} />
                  <Field {...form.field('sku')} label="SKU" isOptional autoComplete="off" />
                  <Field {...form.field('barcode')} label="Barcode" isOptional autoComplete="off" />
                </div>
                <CheckField
                  {...form.field('trackStock')}
                  label="Track quantity"
                  hint="Stop selling at zero."
                />
              </div>
            </Panel>
            <Panel title="Options">
              <p className="soft small">
                A product with sizes or colors has one variant for each combination. All variants start with
                the price and stock above.
              </p>
              <div className="fields apart">
                {[0, 1, 2].map((index) => (
                  <div className="option-row" key={index}>
                    <Field
                      {...form.field(`options[${index}].name`)}
                      label={`Option ${index + 1}`}
                      placeholder={['Size', 'Color', 'Material'][index]}
                      autoComplete="off"
                    />
                    <TextArea
                      {...form.field(`options[${index}].values`)}
                      label="Values, separated by commas"
                      placeholder={['S, M, L', 'Chalk, Moss', 'Linen'][index]}
                      rows={1}
                    />
                  </div>
                ))}
              </div>
            </Panel>
            <SearchPanel field={form.field} folder="/products/" />
          </div>
          <div>
            <ProductVisibility field={form.field} timeZone={timeZone} />
            <ProductOrganizationFields field={form.field} suggestions={suggestions} />
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
