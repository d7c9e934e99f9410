import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { pageOf } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { productMessages } from '#app/components/admin/product-messages.ts'
import { saveProduct } from '#app/domain/catalog/save-product.server.ts'
import { listManualCollections } from '#app/domain/collections/collection-members.server.ts'
import { listProductFilterValues } from '#app/domain/products/list-products.server.ts'
import { optionsOf } from '#app/domain/products/options.ts'
import {
  getProductForStaff,
  listImagesForStaff,
  listOptionValues,
  listVariantsForStaff,
} from '#app/domain/products/product-editor.server.ts'
import { productSchema } from '#app/domain/products/product.schema.ts'
import { countGaps } from '#app/domain/products/set-options.server.ts'
import { listPickedIds } from '#app/domain/recommendations/picked-products.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { countStockAlerts } from '#app/domain/stock-alerts/stock-alerts.server.ts'
import { getPriorPriceForStaff } from '#app/domain/storefront/prior-prices.server.ts'
import { listTaxClasses } from '#app/domain/taxes/tax-classes.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { parseFormWithImages } from '#app/http/forms/store-images.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'
import { ProductPage } from './product-page.tsx'
import { savedText } from './saved-text.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.product.title ?? 'Product')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = orNotFound(await getSettings())
  const { product, issues } = orNotFound(await getProductForStaff(parseId(params.productId)))
  const page = pageOf(new URL(request.url).searchParams)
  const [suggestions, collections, images, list, values, gaps, taxClasses, stockAlerts, picked] =
    await Promise.all([
      listProductFilterValues(),
      listManualCollections(product.id),
      listImagesForStaff(product.id),
      listVariantsForStaff({ productId: product.id, page }),
      listOptionValues(product.id),
      countGaps(product.id),
      listTaxClasses(),
      countStockAlerts(product.id),
      listPickedIds(product.id),
    ])
  return {
    product,
    issues,
    suggestions,
    collections,
    taxClasses,
    images,
    ...list,
    stockAlerts,
    relatedCount: picked.length,
    options: optionsOf(product.optionNames, values),
    gaps,
    page,
    priorPrice: list.total === 1 ? await getPriorPriceForStaff(list.variants[0]!) : undefined,
    currency: shop.currency,
    currencyDigits: shop.currencyDigits,
    timeZone: shop.timeZone,
    constraint: constraintsOf(productSchema(shop)),
  }
}

export const shouldRevalidate = revalidateForm

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.productId)
  const shop = orNotFound(await getSettings())
  const { submission, problems } = await parseFormWithImages(request, productSchema(shop))
  if (submission.status !== 'success') return formResponse(submission)
  if (problems.length > 0) return formResponse(submission, { errors: { file: problems } })
  const result = await saveProduct({ ...submission.value, id, now: new Date(), by: staff.id })
  if (result.ok) {
    const page = pageOf(new URL(request.url).searchParams)
    const address = urls.admin.product(id) + (page > 1 ? `?page=${page}` : '')
    return redirectWithToast(address, { kind: 'success', text: savedText(result) })
  }
  switch (result.reason) {
    case 'not-found':
      throw orNotFound(null)
    case 'price-issues':
      return formResponse(submission, {}, { priceIssues: result.issues })
    case 'would-remove':
      return formResponse(submission, {}, { removedVariants: result.variants })
    case 'below-zero':
      return formResponse(submission, {
        problem: `Sales since you opened this page would make the stock negative (${result.stock} left), so nothing was saved. Reload the page.`,
      })
    default:
      return formResponse(submission, { problem: productMessages[result.reason] })
  }
}

export default function Product() {
  const { product, page } = useLoaderData<typeof loader>()
  return <ProductPage key={`${product.id} ${product.version} ${page}`} />
}
