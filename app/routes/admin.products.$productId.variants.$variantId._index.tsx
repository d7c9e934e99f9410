import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EditForm, revalidateForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { SelectField } from '#app/components/admin/fields.tsx'
import { Field } from '#app/components/field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { StockAlertCount } from '#app/components/admin/stock-alert-count.tsx'
import { PriceConfirmation } from '#app/components/admin/price-confirmation.tsx'
import type { ProductAnswer } from '#app/components/admin/product-form.tsx'
import {
  CodeFields,
  PricePanel,
  ShippingPanel,
  StockChecks,
  type VariantFormValues,
} from '#app/components/admin/variant-fields.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { toDecimal } from '#app/domain/money.ts'
import { formatNumber } from '#app/domain/intl.ts'
import { variantTitle } from '#app/domain/products/options.ts'
import {
  getProductForStaff,
  getVariantForStaff,
  listImagesForStaff,
} from '#app/domain/products/product-editor.server.ts'
import { variantSchema } from '#app/domain/products/product.schema.ts'
import { updateVariant, type UpdateVariantRefusal } from '#app/domain/products/variant-editor.server.ts'
import { fromGrams } from '#app/domain/weight.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { countStockAlerts } from '#app/domain/stock-alerts/stock-alerts.server.ts'
import { getPriorPriceForStaff } from '#app/domain/storefront/prior-prices.server.ts'
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
  adminMeta(
    data
      ? `${variantTitle(data.variant.optionValues) || 'Price and stock'}, ${data.product.title}`
      : 'Variant',
  )

export async function loader({ params }: LoaderFunctionArgs) {
  const shop = orNotFound(await getSettings())
  const { product, variantCount } = orNotFound(await getProductForStaff(parseId(params.productId)))
  const variant = orNotFound(await getVariantForStaff(product.id, parseId(params.variantId)))
  const [images, stockAlerts] = await Promise.all([
    listImagesForStaff(product.id),
    countStockAlerts(product.id),
  ])
  const { id, title, version, optionNames } = product
  return {
    product: { id, title, version, optionNames, variantCount },
    variant,
    stockAlerts: stockAlerts[variant.id],
    priorPrice: await getPriorPriceForStaff(variant),
    images: images.map((image) => ({
      id: image.id,
      label: image.alt || image.filename || `Image ${image.position}`,
    })),
    currency: shop.currency,
    currencyDigits: shop.currencyDigits,
    constraint: constraintsOf(variantSchema(shop)),
  }
}

export const shouldRevalidate = revalidateForm

const refusals = {
  stale: 'Someone else changed this product, so nothing was saved. Reload the page.',
  'same-values': 'Another variant already has these option values.',
  'values-missing': 'The options of this product were changed. Reload the page.',
} satisfies Record<Exclude<UpdateVariantRefusal['reason'], 'not-found' | 'price-issues'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  const variantId = parseId(params.variantId)
  const submission = await parseForm(request, variantSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return formResponse(submission)
  const result = await updateVariant({ ...submission.value, productId, variantId, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.productVariant(productId, variantId), {
      kind: 'success',
      text: 'Saved.',
    })
  if (result.reason === 'not-found') throw orNotFound(null)
  if (result.reason === 'price-issues') return formResponse(submission, {}, { priceIssues: result.issues })
  return formResponse(submission, { problem: refusals[result.reason] })
}

export default function Variant() {
  const { product, variant } = useLoaderData<typeof loader>()
  return <VariantForm key={`${variant.id} ${product.version}`} />
}

type Values = VariantFormValues & { optionValues: string[]; imageId: string }

function VariantForm() {
  const { product, variant, stockAlerts, priorPrice, images, currency, currencyDigits, constraint } =
    useLoaderData<typeof loader>()
  const result = useActionData<ProductAnswer>()
  const decimal = (amount: number | null) =>
    amount === null ? '' : toDecimal(amount, { currency, currencyDigits })
  const on = (value: boolean) => (value ? 'on' : '')
  const form = formFields<Values>({
    id: 'variant',
    answer: result,
    constraint,
    values: {
      optionValues: variant.optionValues,
      price: decimal(variant.price),
      compareAtPrice: decimal(variant.compareAtPrice),
      cost: decimal(variant.cost),
      sku: variant.sku,
      barcode: variant.barcode,
      weight: fromGrams(variant.weightGrams, variant.weightUnit),
      weightUnit: variant.weightUnit,
      trackStock: on(variant.trackStock),
      allowBackorder: on(variant.allowBackorder),
      requiresShipping: on(variant.requiresShipping),
      taxable: on(variant.taxable),
      imageId: variant.imageId === null ? '' : String(variant.imageId),
    },
  })
  return (
    <EditForm method="post" answer={result}>
      <CsrfField />
      <input type="hidden" name="version" value={submittedOr(result, 'version', product.version)} />
      <ErrorSummary form={form} />
      {result?.priceIssues && (
        <PriceConfirmation issues={result.priceIssues} isSingle={product.variantCount === 1} />
      )}
      <div className="columns">
        <div>
          {product.optionNames.length > 0 && (
            <Panel title={variantTitle(variant.optionValues)}>
              <div className="fields fields--3">
                {product.optionNames.map((name, index) => (
                  <Field
                    key={name}
                    {...form.field(`optionValues[${index}]`)}
                    label={name}
                    autoComplete="off"
                  />
                ))}
              </div>
            </Panel>
          )}
          <PricePanel field={form.field} {...{ currency, priorPrice }} />
          <Panel title="SKU and barcode">
            <div className="fields fields--2">
              <CodeFields field={form.field} />
            </div>
          </Panel>
          <ShippingPanel field={form.field} />
        </div>
        <div>
          <Panel
            title="Stock"
            action={
              variant.trackStock && (
                <Link to={urls.admin.productVariantStock(product.id, variant.id)}>History</Link>
              )
            }
          >
            {variant.trackStock && (
              <>
                <p className="figure__value">{formatNumber(variant.stock)}</p>
                <StockAlertCount count={stockAlerts} />
                <Link className="button" to={urls.admin.productVariantStock(product.id, variant.id)}>
                  Adjust stock
                </Link>
              </>
            )}
            <div className={variant.trackStock ? 'apart' : undefined}>
              <StockChecks field={form.field} />
            </div>
          </Panel>
          <Panel title="Image">
            <SelectField
              {...form.field('imageId')}
              label="Variant image"
              choices={[
                { value: '', label: 'First product image' },
                ...images.map(({ id, label }) => ({ value: String(id), label })),
              ]}
            />
          </Panel>
        </div>
      </div>
      <SaveBar>
        <button className="button button--primary" type="submit">
          Save
        </button>
        {product.variantCount > 1 && (
          <Link
            className="button button--quiet save-bar__delete"
            to={urls.admin.deleteProductVariant(product.id, variant.id)}
          >
            Delete variant
          </Link>
        )}
      </SaveBar>
    </EditForm>
  )
}
