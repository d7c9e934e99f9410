import { formatCount } from '#app/domain/intl.ts'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { usePolling } from '#app/components/admin/use-polling.ts'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { getProductForStaff, listImagesForStaff } from '#app/domain/products/product-editor.server.ts'
import { addProductImages, maxImages } from '#app/domain/products/product-images.server.ts'
import { acceptedImageTypes } from '#app/domain/media/upload.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { storeImages } from '#app/http/forms/store-images.server.ts'
import { urls } from '#app/urls.ts'
import { ImageCard } from './image-card.tsx'

export const handle = {
  access: 'catalog',
  reloadSeconds: ({ images }: { images: { status: string | null }[] }) => (isProcessing(images) ? 5 : null),
} satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(`Images of ${data?.title ?? 'a product'}`)

export async function loader({ params }: LoaderFunctionArgs) {
  const { product } = orNotFound(await getProductForStaff(parseId(params.productId)))
  return { id: product.id, title: product.title, images: await listImagesForStaff(product.id) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  orNotFound(await getProductForStaff(productId))
  const { hashes, problems } = await storeImages(request)
  const result = await addProductImages({ productId, hashes, by: staff.id })
  if (!result.ok && result.reason === 'not-found') throw orNotFound(null)
  if (!result.ok) problems.push(`A product can have at most ${maxImages} images, so none was added.`)
  if (problems.length > 0) return data({ problems }, 422)
  const text = hashes.length === 1 ? 'Image uploaded.' : `${formatCount(hashes.length, 'image')} uploaded.`
  return redirectWithToast(urls.admin.productImages(productId), { kind: 'success', text })
}

const isProcessing = (images: { status: string | null }[]) =>
  images.some(({ status }) => status === 'pending')

export default function Images() {
  const { id, images } = useLoaderData<typeof loader>()
  const problems = useActionData<typeof action>()?.problems ?? []
  usePolling(isProcessing(images))
  return (
    <>
      {problems.length > 0 && (
        <div className="notice notice--error error-summary" role="alert" tabIndex={-1} autoFocus>
          <h2>
            {problems.length === 1 ? '1 image couldn’t be uploaded' : 'Some images couldn’t be uploaded'}
          </h2>
          <ul>
            {problems.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </div>
      )}
      <Panel title="Add images">
        <form
          method="post"
          encType="multipart/form-data"
          className="drop"
          action={urls.admin.productImages(id)}
        >
          <CsrfField />
          <label htmlFor="images">Images</label>
          <input id="images" type="file" name="images" accept={acceptedImageTypes} multiple required />
          <p className="field__hint">JPEG, PNG, WebP, AVIF or GIF; at most 25 MB each and 64 MB together.</p>
          <div>
            <button className="button button--primary" type="submit">
              Upload
            </button>
          </div>
        </form>
      </Panel>
      <Panel title={images.length === 0 ? undefined : 'Product order'}>
        {images.length === 0 ? (
          <EmptyState icon="image" title="No images yet">
            <p>The store shows a placeholder until you add one.</p>
          </EmptyState>
        ) : (
          <ol className="pictures" role="list">
            {images.map((image, index) => (
              <ImageCard key={image.id} productId={id} image={image} place={index + 1} last={images.length} />
            ))}
          </ol>
        )}
      </Panel>
    </>
  )
}
