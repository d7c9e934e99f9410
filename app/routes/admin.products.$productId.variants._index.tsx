import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { pageOf, withParams } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Pagination } from '#app/components/pagination.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { toDecimal } from '#app/domain/money.ts'
import { variantTitle } from '#app/domain/products/options.ts'
import { getProductForStaff, listVariantsForStaff } from '#app/domain/products/product-editor.server.ts'
import { variantRowsSchema } from '#app/domain/products/product.schema.ts'
import { updateVariantRows, variantsPerPage } from '#app/domain/products/variant-editor.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(`Variants of ${data?.title ?? 'a product'}`)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = orNotFound(await getSettings())
  const { product } = orNotFound(await getProductForStaff(parseId(params.productId)))
  const page = pageOf(new URL(request.url).searchParams)
  const list = await listVariantsForStaff({ productId: product.id, page })
  const { id, title, version } = product
  const { currency } = shop
  return {
    id,
    title,
    version,
    ...list,
    page,
    perPage: variantsPerPage,
    currency,
    constraint: constraintsOf(variantRowsSchema(shop)),
  }
}

const stale = 'Someone else changed this product, so nothing was saved. Reload the page.'

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  const submission = await parseForm(request, variantRowsSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return formResponse(submission)
  const result = await updateVariantRows({ ...submission.value, productId, by: staff.id })
  if (result.ok) {
    const page = pageOf(new URL(request.url).searchParams)
    const text = result.moved.length === 0 ? 'Saved.' : `Saved. ${skippedText(result.moved.length)}`
    return redirectWithToast(`${urls.admin.productVariants(productId)}?page=${page}`, {
      kind: 'success',
      text,
    })
  }
  switch (result.reason) {
    case 'not-found':
      return formResponse(submission, {
        problem: 'One of these variants was deleted, so nothing was saved. Reload the page.',
      })
    case 'stale':
      return formResponse(submission, { problem: stale })
    case 'below-zero':
      return formResponse(submission, {
        problem: `Sales since you opened this page would make a variant’s stock negative (${result.stock} left), so nothing was saved. Reload the page.`,
      })
  }
}

function skippedText(count: number): string {
  return count === 1
    ? 'The stock of 1 variant changed while you were editing; your adjustment was applied.'
    : `The stock of ${count} variants changed while you were editing; your adjustments were applied.`
}

export default function Variants() {
  const { version, page } = useLoaderData<typeof loader>()
  return <RowsForm key={`${version} ${page}`} />
}

type Row = { id: string; price: string; compareAtPrice: string; sku: string; shown?: string; stock?: string }

function RowsForm() {
  const { id, version, variants, total, page, perPage, currency, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const [params] = useSearchParams()
  const decimal = (amount: number | null) => (amount === null ? '' : toDecimal(amount, currency))
  const rows = variants.map((variant) => ({
    id: String(variant.id),
    price: decimal(variant.price),
    compareAtPrice: decimal(variant.compareAtPrice),
    sku: variant.sku,
    stock: String(variant.stock),
  }))
  const form = formFields<{ rows: Row[] }>({
    id: 'variants',
    answer: result,
    constraint,
    values: { rows },
  })
  return (
    <Form method="post">
      <CsrfField />
      <input type="hidden" name="version" value={submittedOr(result, 'version', version)} />
      <ErrorSummary form={form} />
      <Panel flush>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region has to be reachable by keyboard */}
        <div className="scroller" role="region" aria-label="Variants" tabIndex={0}>
          <table className="list grid-form">
            <caption className="visually-hidden">Price, SKU and stock of each variant</caption>
            <thead>
              <tr>
                <th scope="col">Variant</th>
                <th scope="col">Price, {currency}</th>
                <th scope="col">Compare-at, {currency}</th>
                <th scope="col">SKU</th>
                <th scope="col">Stock</th>
              </tr>
            </thead>
            <tbody>
              {variants.map((variant, index) => {
                const field = (name: keyof Row) => form.field(`rows[${index}].${name}`)
                const name = variantTitle(variant.optionValues) || 'Variant'
                return (
                  <tr key={variant.id}>
                    <th scope="row">
                      <input type="hidden" name={`rows[${index}].id`} value={variant.id} />
                      <Link className="list__link" to={urls.admin.productVariant(id, variant.id)} dir="auto">
                        {name}
                      </Link>
                    </th>
                    <td>
                      <Field
                        {...field('price')}
                        label={`Price of ${name}`}
                        hidesLabel
                        inputMode="decimal"
                        className="input--number"
                      />
                    </td>
                    <td>
                      <Field
                        {...field('compareAtPrice')}
                        label={`Compare-at price of ${name}`}
                        hidesLabel
                        inputMode="decimal"
                        className="input--number"
                      />
                    </td>
                    <td>
                      <Field {...field('sku')} label={`SKU of ${name}`} hidesLabel autoComplete="off" />
                    </td>
                    <td>
                      {variant.trackStock ? (
                        <>
                          <input
                            type="hidden"
                            name={`rows[${index}].shown`}
                            value={submittedOr(result, `rows[${index}].shown`, variant.stock)}
                          />
                          <Field {...field('stock')} label={`Stock of ${name}`} hidesLabel type="number" />
                        </>
                      ) : (
                        <span className="soft">Not tracked</span>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
        <Pagination
          page={page}
          perPage={perPage}
          total={total}
          noun={['variant', 'variants']}
          to={(to) => withParams(params, { page: to })}
        />
      </Panel>
      <div className="save-bar">
        <button className="button button--primary" type="submit">
          Save
        </button>
        <p className="save-bar__note">
          Stock is saved as an adjustment, so recent sales are included.
          {total > perPage && ' Save before you go to another page.'}
        </p>
      </div>
    </Form>
  )
}
