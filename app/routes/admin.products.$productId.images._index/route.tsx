import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useRepeatedLoad } from '#app/components/admin/use-repeated-load.ts'
import { Blank } from '#app/components/admin/blank.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { getProductForStaff, listImagesForStaff } from '#app/domain/catalog/product-editor.server.ts'
import { addProductImages, maxImages } from '#app/domain/catalog/product-images.server.ts'
import { acceptedPictures } from '#app/domain/media/upload.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { storePictures } from '#app/http/store-pictures.server.ts'
import { urls } from '#app/urls.ts'
import { PictureCard } from './picture-card.tsx'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(`Pictures of ${data?.title ?? 'a product'}`)

export async function loader({ params }: LoaderFunctionArgs) {
  const { product } = orNotFound(await getProductForStaff(idOf(params.productId)))
  return { id: product.id, title: product.title, images: await listImagesForStaff(product.id) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const productId = idOf(params.productId)
  orNotFound(await getProductForStaff(productId))
  const { hashes, problems } = await storePictures(request)
  const result = await addProductImages({ productId, hashes, by: staff.id })
  if (!result.ok && result.reason === 'gone') throw orNotFound(null)
  if (!result.ok) problems.push(`A product can have at most ${maxImages} pictures, so none was added.`)
  if (problems.length > 0) return data({ problems }, 400)
  const text = hashes.length === 1 ? 'The picture is here.' : `${hashes.length} pictures are here.`
  return redirectWithToast(urls.admin.productImages(productId), { kind: 'success', text })
}

export default function Images() {
  const { id, images } = useLoaderData<typeof loader>()
  const problems = useActionData<typeof action>()?.problems ?? []
  const isWorking = images.some((image) => image.status === 'pending')
  useRepeatedLoad(isWorking)
  return (
    <>
      {isWorking && (
        <noscript>
          <meta httpEquiv="refresh" content="5" />
        </noscript>
      )}
      {problems.length > 0 && (
        <div className="notice notice--error error-summary" role="alert" tabIndex={-1} autoFocus>
          <h2>
            {problems.length === 1 ? 'One picture could not be taken' : 'Some pictures could not be taken'}
          </h2>
          <ul>
            {problems.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
      <Panel title="Add pictures">
        <form
          method="post"
          encType="multipart/form-data"
          className="drop"
          action={urls.admin.productImages(id)}
        >
          <CsrfField />
          <label htmlFor="pictures">Pictures, one or several</label>
          <input id="pictures" type="file" name="pictures" accept={acceptedPictures} multiple required />
          <p className="field__hint">
            JPEG, PNG, WebP, AVIF or GIF; at most 25 MB each and 64 MB together. All sizes are made from it.
          </p>
          <div>
            <button className="button button--primary" type="submit">
              Upload
            </button>
          </div>
        </form>
      </Panel>
      <Panel title={images.length === 0 ? undefined : 'In this order in the shop'}>
        {images.length === 0 ? (
          <Blank icon="picture" title="No pictures yet">
            <p>Until there are some, the shop shows a drawing.</p>
          </Blank>
        ) : (
          <ol className="pictures" role="list">
            {images.map((image, index) => (
              <PictureCard
                key={image.id}
                productId={id}
                image={image}
                isFirst={index === 0}
                isLast={index === images.length - 1}
              />
            ))}
          </ol>
        )}
      </Panel>
    </>
  )
}
