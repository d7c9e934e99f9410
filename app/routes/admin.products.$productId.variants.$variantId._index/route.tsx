import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { CheckField, MoneyField, SelectField, TextField } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, keptOr, useServerForm } from '#app/components/admin/form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { toDecimal } from '#app/domain/money.ts'
import { variantTitle } from '#app/domain/catalog/options.ts'
import {
  getProductForStaff,
  getVariantForStaff,
  listImagesForStaff,
} from '#app/domain/catalog/product-editor.server.ts'
import { variantSchema } from '#app/domain/catalog/product.schema.ts'
import { updateVariant, type UpdateVariantRefusal } from '#app/domain/catalog/variant-editor.server.ts'
import { fromGrams, weightUnits } from '#app/domain/catalog/weight.ts'
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
  adminMeta(
    data
      ? `${variantTitle(data.variant.optionValues) || 'Price and stock'}, ${data.product.title}`
      : 'Variant',
  )

export async function loader({ params }: LoaderFunctionArgs) {
  const shop = orNotFound(await getSettings())
  const { product, variantCount } = orNotFound(await getProductForStaff(idOf(params.productId)))
  const variant = orNotFound(await getVariantForStaff(product.id, idOf(params.variantId)))
  const images = await listImagesForStaff(product.id)
  const { id, title, version, optionNames } = product
  return {
    product: { id, title, version, optionNames, variantCount },
    variant,
    images: images.map((image) => ({
      id: image.id,
      words: image.alt || image.filename || `Picture ${image.position}`,
    })),
    currency: shop.currency,
    constraint: constraintsOf(variantSchema(shop)),
  }
}

const refusals = {
  'changed-meanwhile':
    'Somebody saved this product since you opened it, so nothing was saved. Open the page again and look.',
  'same-values': 'Another variant has the same option values already.',
  'values-missing': 'The options of this product changed since you opened it. Open the page again.',
} satisfies Record<Exclude<UpdateVariantRefusal, 'gone'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const productId = idOf(params.productId)
  const variantId = idOf(params.variantId)
  const submission = await parseForm(request, variantSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return badForm(submission)
  const result = await updateVariant({ ...submission.value, productId, variantId, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.productVariant(productId, variantId), {
      kind: 'success',
      text: 'Saved.',
    })
  if (result.reason === 'gone') throw orNotFound(null)
  return badForm(submission, [refusals[result.reason]])
}

export default function Variant() {
  const { product, variant } = useLoaderData<typeof loader>()
  return <VariantForm key={`${variant.id} ${product.version}`} />
}

type Values = {
  optionValues: string[]
  price: string
  compareAtPrice: string
  cost: string
  sku: string
  barcode: string
  weight: string
  weightUnit: string
  trackStock: string
  sellWhenOut: string
  requiresShipping: string
  taxable: string
  imageId: string
}

function VariantForm() {
  const { product, variant, images, currency, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const decimal = (amount: number | null) => (amount === null ? '' : toDecimal(amount, currency))
  const on = (value: boolean) => (value ? 'on' : '')
  const [form, fields] = useServerForm<Values>({
    id: 'variant',
    result,
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
      sellWhenOut: on(variant.sellWhenOut),
      requiresShipping: on(variant.requiresShipping),
      taxable: on(variant.taxable),
      imageId: variant.imageId === null ? '' : String(variant.imageId),
    },
  })
  const values = fields.optionValues.getFieldList()
  return (
    <Form {...formProps(form)}>
      <CsrfField />
      <input type="hidden" name="version" value={keptOr(result, 'version', product.version)} />
      <ErrorSummary form={form} />
      <div className="columns">
        <div>
          {product.optionNames.length > 0 && (
            <Panel title={variantTitle(variant.optionValues)}>
              <div className="fields fields--3">
                {product.optionNames.map((name, index) => {
                  // After a form that came without it there is none.
                  const field = values[index]
                  return field && <TextField key={name} field={field} label={name} autoComplete="off" />
                })}
              </div>
            </Panel>
          )}
          <Panel title="Price">
            <div className="fields fields--3">
              <MoneyField field={fields.price} label="Price" currency={currency} hint="Empty: on request." />
              <MoneyField
                field={fields.compareAtPrice}
                label="Compare-at price"
                currency={currency}
                hint="What it cost before."
              />
              <MoneyField field={fields.cost} label="Cost" currency={currency} hint="Only staff see it." />
            </div>
            <div className="apart">
              <CheckField field={fields.taxable} label="Charge tax on it" />
            </div>
          </Panel>
          <Panel title="Identity">
            <div className="fields fields--2">
              <TextField field={fields.sku} label="SKU (optional)" autoComplete="off" />
              <TextField field={fields.barcode} label="Barcode (optional)" autoComplete="off" />
            </div>
          </Panel>
          <Panel title="Delivery">
            <div className="fields fields--3">
              <TextField field={fields.weight} label="Weight" inputMode="decimal" className="input--number" />
              <SelectField
                field={fields.weightUnit}
                label="Unit"
                choices={weightUnits.map((unit) => ({ value: unit, label: unit }))}
              />
            </div>
            <div className="apart">
              <CheckField field={fields.requiresShipping} label="It is sent to the customer" />
            </div>
          </Panel>
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
                <p className="figure__value">{variant.stock.toLocaleString('en')}</p>
                <Link className="button" to={urls.admin.productVariantStock(product.id, variant.id)}>
                  Correct the stock
                </Link>
              </>
            )}
            <div className={variant.trackStock ? 'apart' : undefined}>
              <CheckField
                field={fields.trackStock}
                label="Count the stock"
                hint="Without it, it never runs out."
              />
              <CheckField
                field={fields.sellWhenOut}
                label="Sell when out of stock"
                hint="Stock then goes below zero."
              />
            </div>
          </Panel>
          <Panel title="Picture">
            <SelectField
              field={fields.imageId}
              label="Shown for this variant"
              choices={[
                { value: '', label: 'The first of the product' },
                ...images.map(({ id, words }) => ({ value: String(id), label: words })),
              ]}
            />
          </Panel>
        </div>
      </div>
      <div className="save-bar">
        <button className="button button--primary" type="submit">
          Save
        </button>
        {product.variantCount > 1 && (
          <Link
            className="button button--quiet"
            to={urls.admin.productVariantDeletion(product.id, variant.id)}
          >
            Delete the variant
          </Link>
        )}
      </div>
    </Form>
  )
}
