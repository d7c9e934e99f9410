import type { ActionFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { OptionFields } from '#app/components/admin/option-fields.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { type ProductAnswer, type ProductFields, ProductForm } from '#app/components/admin/product-form.tsx'
import { ProductImagesPanel } from '#app/components/admin/product-images-panel.tsx'
import { productMessages } from '#app/components/admin/product-messages.ts'
import { CodeFields, PricePanel, ShippingPanel, StockChecks } from '#app/components/admin/variant-fields.tsx'
import { Field } from '#app/components/field.tsx'
import { createProduct } from '#app/domain/catalog/save-product.server.ts'
import { listManualCollections } from '#app/domain/collections/collection-members.server.ts'
import { listProductFilterValues } from '#app/domain/products/list-products.server.ts'
import { newProductSchema } from '#app/domain/products/product.schema.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { listTaxClasses } from '#app/domain/taxes/tax-classes.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { parseFormWithImages } from '#app/http/forms/store-images.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('New product')

export async function loader() {
  const shop = orNotFound(await getSettings())
  const [suggestions, collections, taxClasses] = await Promise.all([
    listProductFilterValues(),
    listManualCollections(null),
    listTaxClasses(),
  ])
  return {
    suggestions,
    collections,
    taxClasses,
    currency: shop.currency,
    currencyDigits: shop.currencyDigits,
    timeZone: shop.timeZone,
    constraint: constraintsOf(newProductSchema(shop)),
  }
}

export const shouldRevalidate = revalidateForm

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const shop = orNotFound(await getSettings())
  const { submission, problems } = await parseFormWithImages(request, newProductSchema(shop))
  if (submission.status !== 'success') return formResponse(submission)
  if (problems.length > 0) return formResponse(submission, { errors: { file: problems } })
  const result = await createProduct({ ...submission.value, now: new Date(), by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.product(result.id), {
      kind: 'success',
      text: `“${submission.value.title}” was created.`,
    })
  if (result.reason === 'price-issues') return formResponse(submission, {}, { priceIssues: result.issues })
  return formResponse(submission, { problem: productMessages[result.reason] })
}

export default function NewProduct() {
  const { currency, constraint, ...page } = useLoaderData<typeof loader>()
  const answer = useActionData<ProductAnswer>()
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.products(), label: 'Products' }]} title="New product" />
      <ProductForm
        answer={answer}
        constraint={constraint}
        values={{
          ...{ status: 'draft', isShown: 'on', stock: '0', weightUnit: 'kg' },
          ...{ trackStock: 'on', requiresShipping: 'on', taxable: 'on' },
        }}
        page={page}
        isSingle
        buttons={
          <>
            <button className="button button--primary" type="submit">
              Save
            </button>
            <button className="button" name="publish" value="on">
              Save and publish
            </button>
            <Link className="button button--quiet" to={urls.admin.products()}>
              Back
            </Link>
          </>
        }
      >
        {(form) => <NewProductFields form={form} currency={currency} />}
      </ProductForm>
    </>
  )
}

function NewProductFields({ form, currency }: { form: ProductFields; currency: string }) {
  return (
    <>
      <ProductImagesPanel uploaded={form.list('images').map(String)} errors={form.field('file').errors} />
      <PricePanel field={form.field} currency={currency} />
      <Panel title="Stock">
        <div className="fields fields--3">
          <Field {...form.field('stock')} label="In stock" type="number" min={0} />
          <CodeFields field={form.field} />
        </div>
        <div className="apart">
          <StockChecks field={form.field} />
        </div>
      </Panel>
      <ShippingPanel field={form.field} />
      <Panel title="Options">
        <p className="soft small">
          A product with sizes or colors has one variant for each combination. All variants start with the
          price and stock above.
        </p>
        <div className="fields apart">
          <OptionFields field={form.field} />
        </div>
      </Panel>
    </>
  )
}
