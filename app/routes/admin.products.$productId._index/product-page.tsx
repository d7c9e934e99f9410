import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { CheckField } from '#app/components/admin/fields.tsx'
import { OptionFields } from '#app/components/admin/option-fields.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { describePriceIssues } from '#app/components/admin/price-issue-text.ts'
import { type ProductAnswer, type ProductFields, ProductForm } from '#app/components/admin/product-form.tsx'
import { ProductImagesPanel } from '#app/components/admin/product-images-panel.tsx'
import { RemovedVariants } from '#app/components/admin/removed-variants.tsx'
import { StockAlertCount } from '#app/components/admin/stock-alert-count.tsx'
import { CodeFields, PricePanel, ShippingPanel, StockChecks } from '#app/components/admin/variant-fields.tsx'
import { VariantRows } from '#app/components/admin/variant-rows.tsx'
import { Field } from '#app/components/field.tsx'
import { submittedOr } from '#app/components/form-fields.ts'
import { plainText } from '#app/domain/plain-text.ts'
import { formatCount } from '#app/domain/intl.ts'
import { urls } from '#app/urls.ts'
import type { loader } from './route.tsx'
import { valuesOf } from './values.ts'

export function ProductPage() {
  const data = useLoaderData<typeof loader>()
  const { product, collections, options, variants, constraint } = data
  const answer = useActionData<ProductAnswer>()
  const isSingle = options.length === 0
  const isOnSale = product.status === 'active' && product.publishedAt !== null
  return (
    <ProductForm
      answer={answer}
      constraint={constraint}
      values={valuesOf(data)}
      page={data}
      isSingle={isSingle}
      saved={{
        handle: product.handle,
        title: product.seoTitle || product.title,
        text: product.seoDescription || plainText(product.description),
      }}
      hidden={
        <>
          <input type="hidden" name="version" value={submittedOr(answer, 'version', product.version)} />
          {isSingle && (
            <input type="hidden" name="shown" value={submittedOr(answer, 'shown', variants[0]?.stock ?? 0)} />
          )}
          {collections
            .filter(({ isMember }) => isMember)
            .map(({ id }) => (
              <input key={id} type="hidden" name="shownCollectionIds" value={id} />
            ))}
        </>
      }
      confirmations={answer?.removedVariants && <RemovedVariants variants={answer.removedVariants} />}
      buttons={
        <>
          <button className="button button--primary" type="submit">
            Save
          </button>
          {!isOnSale && (
            <button className="button" name="publish" value="on">
              Save and publish
            </button>
          )}
          <Link className="button button--quiet save-bar__delete" to={urls.admin.deleteProduct(product.id)}>
            Delete product
          </Link>
        </>
      }
    >
      {(form) => (
        <>
          <ProductImagesPanel
            productId={product.id}
            images={data.images}
            uploaded={form.list('images').map(String)}
            errors={form.field('file').errors}
          />
          {isSingle ? <SingleVariant form={form} /> : <Variants form={form} />}
          <Options form={form} />
          <RelatedPanel />
        </>
      )}
    </ProductForm>
  )
}

function SingleVariant({ form }: { form: ProductFields }) {
  const { product, variants, issues, currency, priorPrice, stockAlerts } = useLoaderData<typeof loader>()
  const variant = variants[0]
  if (!variant) return null
  return (
    <>
      <PricePanel
        field={form.field}
        {...{ currency, priorPrice }}
        warning={describePriceIssues(issues, true)}
      />
      <Panel
        title="Stock"
        action={<Link to={urls.admin.productVariantStock(product.id, variant.id)}>History</Link>}
      >
        <div className="fields fields--3">
          <Field
            {...form.field('stock')}
            label="In stock"
            type="number"
            hint="Saved as an adjustment, so recent sales are included."
          />
          <CodeFields field={form.field} />
        </div>
        <StockAlertCount count={stockAlerts[variant.id]} />
        <div className="apart">
          <StockChecks field={form.field} />
        </div>
      </Panel>
      <ShippingPanel field={form.field} />
    </>
  )
}

function Variants({ form }: { form: ProductFields }) {
  const { product, variants, total, page, issues, currency, stockAlerts } = useLoaderData<typeof loader>()
  return (
    <VariantRows
      productId={product.id}
      rows={variants}
      {...{ total, page, currency, form, stockAlerts }}
      warning={describePriceIssues(issues, false)}
    />
  )
}

function Options({ form }: { form: ProductFields }) {
  const { options, gaps } = useLoaderData<typeof loader>()
  return (
    <Panel title="Options">
      <p className="soft small">
        Each combination of values is a variant. New variants get the first variant’s price and stock 0. Edit
        a value in place to rename it. Clear both fields of an option to remove it.
      </p>
      <div className="fields apart">
        <OptionFields field={form.field} known={options.length} />
        {gaps > 0 && (
          <CheckField
            {...form.field('fillGaps')}
            label={`Also create ${formatCount(gaps, 'missing variant')}`}
          />
        )}
      </div>
    </Panel>
  )
}

function RelatedPanel() {
  const { product, relatedCount } = useLoaderData<typeof loader>()
  return (
    <Panel
      title="Related products"
      action={<Link to={urls.admin.relatedProducts(product.id)}>Choose related products</Link>}
    >
      <p className="soft small">
        {relatedCount === 0
          ? 'None chosen. The store shows products that were bought together or are alike.'
          : `${formatCount(relatedCount, 'product is', 'products are')} shown first under “You may also like”.`}
      </p>
    </Panel>
  )
}
