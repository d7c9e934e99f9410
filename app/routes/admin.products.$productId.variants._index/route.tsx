import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { TextField } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, keptOr, useServerForm } from '#app/components/admin/form.tsx'
import { pageOf, withParams } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Pages } from '#app/components/admin/pages.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { toDecimal } from '#app/domain/money.ts'
import { variantTitle } from '#app/domain/catalog/options.ts'
import { getProductForStaff, listVariantsForStaff } from '#app/domain/catalog/product-editor.server.ts'
import { variantRowsSchema } from '#app/domain/catalog/product.schema.ts'
import { updateVariantRows, variantsPerPage } from '#app/domain/catalog/variant-editor.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(`Variants of ${data?.title ?? 'a product'}`)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = orNotFound(await getSettings())
  const { product } = orNotFound(await getProductForStaff(idOf(params.productId)))
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

const stale =
  'Somebody saved this product since you opened it, so nothing was saved. Open the page again and look.'

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const productId = idOf(params.productId)
  const submission = await parseForm(request, variantRowsSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return badForm(submission)
  const result = await updateVariantRows({ ...submission.value, productId, by: staff.id })
  if (result.ok) {
    const page = pageOf(new URL(request.url).searchParams)
    const text = result.moved.length === 0 ? 'Saved.' : `Saved. ${movedWords(result.moved.length)}`
    return redirectWithToast(`${urls.admin.productVariants(productId)}?page=${page}`, {
      kind: 'success',
      text,
    })
  }
  switch (result.reason) {
    case 'gone':
      return badForm(submission, [
        'One of these variants was deleted meanwhile, so nothing was saved. Open the page again.',
      ])
    case 'changed-meanwhile':
      return badForm(submission, [stale])
    case 'below-zero':
      return badForm(submission, [
        `So many sold meanwhile that the stock of a variant would be below zero (${result.stock} are left), so nothing was saved. Open the page again and look.`,
      ])
  }
}

function movedWords(count: number): string {
  return count === 1
    ? 'The stock of one variant moved meanwhile; your difference was added to it.'
    : `The stock of ${count} variants moved meanwhile; your differences were added to it.`
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
  const [form, fields] = useServerForm<{ rows: Row[] }>({
    id: 'variants',
    result,
    constraint,
    values: { rows },
  })
  const list = fields.rows.getFieldList()
  return (
    <Form {...formProps(form)}>
      <CsrfField />
      <input type="hidden" name="version" value={keptOr(result, 'version', version)} />
      <ErrorSummary form={form} />
      <Panel flush>
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
                const row = list[index]?.getFieldset()
                if (!row) return null
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
                      <TextField
                        field={row.price}
                        label={`Price of ${name}`}
                        silentLabel
                        inputMode="decimal"
                        className="input--number"
                      />
                    </td>
                    <td>
                      <TextField
                        field={row.compareAtPrice}
                        label={`Compare-at price of ${name}`}
                        silentLabel
                        inputMode="decimal"
                        className="input--number"
                      />
                    </td>
                    <td>
                      <TextField field={row.sku} label={`SKU of ${name}`} silentLabel autoComplete="off" />
                    </td>
                    <td>
                      {variant.trackStock ? (
                        <>
                          <input
                            type="hidden"
                            name={`rows[${index}].shown`}
                            value={keptOr(result, `rows[${index}].shown`, variant.stock)}
                          />
                          <TextField field={row.stock} label={`Stock of ${name}`} silentLabel type="number" />
                        </>
                      ) : (
                        <span className="soft">Not counted</span>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
        <Pages
          page={page}
          perPage={perPage}
          total={total}
          noun={['variant', 'variants']}
          to={(to) => withParams(params, { page: to })}
        />
      </Panel>
      <div className="save-bar">
        <button className="button button--primary" type="submit">
          Save these variants
        </button>
        <p className="save-bar__note">
          Stock changes by the difference to what is shown here, so a sale in between is kept.
          {total > perPage && ' Save before you go to another page.'}
        </p>
      </div>
    </Form>
  )
}
