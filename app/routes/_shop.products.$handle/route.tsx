import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '#app/components/breadcrumbs.tsx'
import { deliveryDates } from '#app/components/delivery-dates.ts'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { pageMeta, rootOf } from '#app/components/page-meta.ts'
import { PreviewBar } from '#app/components/preview-bar.tsx'
import { ProductGrid } from '#app/components/product-card.tsx'
import { RatingLine } from '#app/components/stars.tsx'
import { productData } from '#app/components/structured-data/product.ts'
import { breadcrumbData, structuredData } from '#app/components/structured-data/structured-data.ts'
import type { ProductVariant } from '#app/domain/storefront/storefront.ts'
import { optionChoices, selectVariant } from '#app/domain/storefront/variant-selection.ts'
import { getProductBreadcrumb } from '#app/domain/storefront/collections.server.ts'
import { listPickedIds } from '#app/domain/recommendations/picked-products.server.ts'
import { listRelatedProducts } from '#app/domain/recommendations/related-products.server.ts'
import { relatedShown } from '#app/domain/recommendations/related-products.ts'
import { getProductPage } from '#app/domain/storefront/product-page.server.ts'
import { listProductReviews } from '#app/domain/reviews/list-reviews.server.ts'
import { readReviewQuery } from '#app/domain/reviews/reviews.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { typicalDelivery } from '#app/domain/checkout/typical-delivery.server.ts'
import { plainText } from '#app/domain/plain-text.ts'
import { relatedDependencies, shownDependencies } from '#app/domain/realtime/dependencies.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { grantProducts } from '#app/http/events/event-stream-grant.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { movedOrNotFound } from '#app/http/pages/moved.server.ts'
import { urls } from '#app/urls.ts'
import { Gallery, galleryFrame } from './gallery.tsx'
import { DeliveryNote } from './delivery-note.tsx'
import { getPreview } from './get-preview.server.ts'
import { PreviewForm } from './preview.tsx'
import { ProductForm } from './product-form.tsx'
import { RecentlyViewed } from './recently-viewed.tsx'
import { Reviews } from './reviews.tsx'
import { StockAlertForm } from './stock-alert-form.tsx'
import { useLiveProduct } from './use-live-product.ts'
import { VariantTable } from './variant-table.tsx'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data: page, matches }) => {
  if (!page) return []
  const { product, reviews, isPreview } = page
  const { shop, origin } = rootOf(matches)
  return [
    ...pageMeta(matches, {
      title: product.seoTitle || product.title,
      description: product.seoDescription || plainText(product.description) || undefined,
      path: isPreview ? undefined : urls.product(product.handle),
      image: product.images[0],
      type: 'product',
      isPrivate: isPreview,
    }),
    ...(isPreview || !shop
      ? []
      : [
          structuredData([
            productData(product, reviews.rating, { currency: shop, origin }),
            breadcrumbData(origin, breadcrumbs(page), product.title),
          ]),
        ]),
  ]
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const position = livePosition()
  const preview = await getPreview(request, params.handle!)
  const product =
    preview ??
    (await getProductPage(params.handle!)) ??
    (await movedOrNotFound(request, 'product', params.handle!))
  const query = new URL(request.url).searchParams
  const asked = query.get('variant') ?? ''
  const choice = selectVariant(product.variants, {
    variantId: /^\d{1,15}$/.test(asked) ? Number(asked) : null,
    values: product.optionNames.map((_, index) => query.get(`option${index + 1}`) || null),
  })
  const reviewQuery = readReviewQuery(query)
  const [path, related, pickedIds, settings, delivery, listed] = await Promise.all([
    getProductBreadcrumb(product),
    listRelatedProducts(product, relatedShown),
    listPickedIds(product.id),
    getSettings(),
    typicalDelivery(new Date()),
    listProductReviews(product.id, reviewQuery),
  ])
  const shown = [product, ...related, ...pickedIds.map((id) => ({ id }))]
  context.dependsOn?.([...relatedDependencies(product), ...shownDependencies(shown)])
  const chosen =
    choice?.kind === 'variant'
      ? choice.variant.optionValues
      : product.optionNames.map((_, index) => query.get(`option${index + 1}`) ?? '')
  const page = {
    product,
    isPreview: preview !== null,
    path,
    related,
    reviews: { ...listed, asked: reviewQuery },
    choice,
    options: optionChoices(product.optionNames, product.variants, chosen),
    delivery: delivery && settings && { ...delivery, arrives: deliveryDates(delivery, settings.locale) },
    live: grantProducts(position, [product, ...related]),
  }
  return preview ? data(page, { headers: { ...noStore, 'x-robots-tag': 'noindex' } }) : page
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders

export const shouldRevalidate = revalidateOn(['product', 'catalog'])

export default function Product() {
  const page = useLoaderData<typeof loader>()
  const { related, reviews, delivery, isPreview } = page
  const { product, choice, options } = useLiveProduct(page)
  const variant = choice?.kind === 'variant' ? choice.variant : null
  const frame = galleryFrame(product.images)
  return (
    <div className="page">
      {isPreview && <PreviewBar to={urls.admin.product(product.id)} label="Edit product" />}
      <Breadcrumbs path={breadcrumbs(page)} here={product.title} />
      <div className="product" style={{ '--frame': frame } as React.CSSProperties}>
        <Gallery product={product} frame={frame} firstImageId={variant?.imageId ?? null} />
        <div className="product__buy">
          {product.vendor && (
            <p className="product__vendor" dir="auto">
              {product.vendor}
            </p>
          )}
          <h1 dir="auto">{product.title}</h1>
          {reviews.rating.count > 0 && !isPreview && (
            <a className="product__rating" href="#reviews">
              <RatingLine rating={reviews.rating} />
            </a>
          )}
          {isPreview ? (
            <PreviewForm product={product} choice={choice} options={options} />
          ) : (
            <ProductForm product={product} choice={choice} options={options} />
          )}
          {!isPreview && variant?.availability.kind === 'sold-out' && (
            <StockAlertForm key={variant.id} handle={product.handle} variant={variant} />
          )}
          <DeliveryNote delivery={variant && isShipped(variant) ? delivery : null} />
          {product.description && (
            <section className="product__description" aria-labelledby="description">
              <h2 id="description" className="visually-hidden">
                Description
              </h2>
              <div className="prose" dir="auto" dangerouslySetInnerHTML={{ __html: product.description }} />
            </section>
          )}
          <Details product={product} sku={variant?.sku ?? ''} />
          {product.variants.length > 1 && !isPreview && (
            <VariantTable product={product} chosenId={variant?.id ?? null} />
          )}
        </div>
      </div>
      {!isPreview && <Reviews {...reviews} product={product} />}
      {related.length > 0 && (
        <section className="push" aria-labelledby="related">
          <div className="section-head">
            <h2 id="related">You may also like</h2>
          </div>
          <ProductGrid cards={related} />
        </section>
      )}
      {!isPreview && <RecentlyViewed productId={product.id} shownIds={related.map(({ id }) => id)} />}
    </div>
  )
}

function breadcrumbs({ path }: { path: { handle: string; title: string }[] }) {
  return [
    { to: urls.home(), label: 'Home' },
    ...path.map(({ handle, title }) => ({ to: urls.collection(handle), label: title })),
  ]
}

function isShipped({ requiresShipping, availability: { kind } }: ProductVariant): boolean {
  return requiresShipping && kind !== 'sold-out' && kind !== 'not-for-sale'
}

function Details({ product, sku }: { product: { type: string; vendor: string }; sku: string }) {
  const facts = [
    ['Type', product.type],
    ['Brand', product.vendor],
    ['SKU', sku],
  ].filter(([, value]) => value)
  if (facts.length === 0) return null
  return (
    <dl className="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
