import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '#app/components/breadcrumbs.tsx'
import { reloadsOn } from '#app/components/live/reloads-on.ts'
import { pageMeta, plainText, rootOf } from '#app/components/page-meta.ts'
import { ProductGrid } from '#app/components/product-card.tsx'
import { optionChoices, resolveChoice } from '#app/domain/catalog/choice.ts'
import { pathOfProduct } from '#app/domain/catalog/collections.server.ts'
import { listRelated } from '#app/domain/catalog/listing.server.ts'
import { getProductPage } from '#app/domain/catalog/product-page.server.ts'
import { pictureSources } from '#app/domain/media/picture.ts'
import { relatedDependencies, shownDependencies } from '#app/domain/realtime/dependencies.ts'
import { livePosition } from '#app/domain/realtime/the-hub.ts'
import { grantProducts } from '#app/http/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'
import { Gallery } from './gallery.tsx'
import { productJsonLd } from './json-ld.ts'
import { ProductForm } from './product-form.tsx'
import { useProductNow } from './use-product-now.ts'
import { VersionTable } from './version-table.tsx'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  if (!data) return []
  const { product } = data
  return [
    ...pageMeta(matches, {
      title: product.seoTitle || product.title,
      description: product.seoDescription || plainText(product.description) || undefined,
      path: urls.product(product.handle),
      image: product.images[0] && pictureSources(product.images[0]).fallback,
    }),
    { 'script:ld+json': productJsonLd(product, rootOf(matches)) },
  ]
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const position = livePosition()
  const product = orNotFound(await getProductPage(params.handle!))
  const query = new URL(request.url).searchParams
  const asked = query.get('variant') ?? ''
  const choice = resolveChoice(product.variants, {
    variantId: /^\d{1,15}$/.test(asked) ? Number(asked) : null,
    values: product.optionNames.map((_, index) => query.get(`option${index + 1}`) || null),
  })
  const [path, related] = await Promise.all([pathOfProduct(product), listRelated(product, 4)])
  context.dependsOn?.([...relatedDependencies(product), ...shownDependencies([product, ...related])])
  const chosen =
    choice?.kind === 'variant'
      ? choice.variant.optionValues
      : product.optionNames.map((_, index) => query.get(`option${index + 1}`) ?? '')
  return {
    product,
    path,
    related,
    choice,
    options: optionChoices(product.optionNames, product.variants, chosen),
    live: grantProducts(position, [product, ...related]),
  }
}

export const shouldRevalidate = reloadsOn(['product', 'catalog'])

export default function Product() {
  const page = useLoaderData<typeof loader>()
  const { path, related } = page
  const { product, choice, options } = useProductNow(page)
  const variant = choice?.kind === 'variant' ? choice.variant : null
  return (
    <div className="page">
      <Breadcrumbs
        path={[
          { to: urls.home(), label: 'Home' },
          ...path.map(({ handle, title }) => ({ to: urls.collection(handle), label: title })),
        ]}
        here={product.title}
      />
      <div className="product">
        <Gallery product={product} firstImageId={variant?.imageId ?? null} />
        <div className="product__buy">
          {product.vendor && (
            <p className="product__vendor" dir="auto">
              {product.vendor}
            </p>
          )}
          <h1 dir="auto">{product.title}</h1>
          <ProductForm product={product} choice={choice} options={options} />
          {product.description && (
            <section className="product__description" aria-labelledby="description">
              <h2 id="description" className="visually-hidden">
                Description
              </h2>
              <div className="prose" dir="auto" dangerouslySetInnerHTML={{ __html: product.description }} />
            </section>
          )}
          <Details product={product} sku={variant?.sku ?? ''} />
          {product.variants.length > 1 && <VersionTable product={product} chosenId={variant?.id ?? null} />}
        </div>
      </div>
      {related.length > 0 && (
        <section className="push" aria-labelledby="related">
          <div className="section-head">
            <h2 id="related">Goes well with it</h2>
          </div>
          <ProductGrid cards={related} />
        </section>
      )}
    </div>
  )
}

function Details({ product, sku }: { product: { type: string; vendor: string }; sku: string }) {
  const facts = [
    ['Type', product.type],
    ['Made by', product.vendor],
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
