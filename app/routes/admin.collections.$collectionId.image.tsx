import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import {
  getCollectionForStaff,
  setCollectionImage,
} from '#app/domain/collections/collection-editor.server.ts'
import { acceptedImageTypes } from '#app/domain/media/upload.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { storeImages } from '#app/http/forms/store-images.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Collection image')

export async function loader({ params }: LoaderFunctionArgs) {
  const { collection, image } = orNotFound(await getCollectionForStaff(parseId(params.collectionId)))
  return { id: collection.id, title: collection.title, image }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.collectionId)
  orNotFound(await getCollectionForStaff(id))
  const { hashes, problems } = await storeImages(request)
  if (problems.length > 0) return data({ problems }, 422)
  await setCollectionImage({ id, mediaHash: hashes[0]!, by: staff.id })
  return redirectWithToast(urls.admin.collectionImage(id), {
    kind: 'success',
    text: 'Image uploaded.',
  })
}

export default function CollectionImage() {
  const { id, title, image } = useLoaderData<typeof loader>()
  const problems = useActionData<typeof action>()?.problems ?? []
  return (
    <Panel title="Image">
      {problems.length > 0 && (
        <p className="notice notice--error error-summary" role="alert" tabIndex={-1} autoFocus>
          {problems[0]}
        </p>
      )}
      {image?.status === 'pending' && <p className="soft">Processing… Reload in a moment.</p>}
      {image?.status === 'failed' && <p className="field__error">{image.error}</p>}
      {image?.status === 'ready' && image.width && image.height && (
        <img
          className="collection-picture"
          src={urls.media(image.hash, Math.min(640, image.width), 'webp')}
          width={image.width}
          height={image.height}
          alt={title}
        />
      )}
      <form
        method="post"
        encType="multipart/form-data"
        className="drop apart"
        action={urls.admin.collectionImage(id)}
      >
        <CsrfField />
        <label htmlFor="image">{image ? 'Replace image' : 'Image'}</label>
        <input id="image" type="file" name="image" accept={acceptedImageTypes} required />
        <p className="field__hint">
          JPEG, PNG, WebP, AVIF or GIF, at most 25 MB. Without one, the store shows a product image.
        </p>
        <div>
          <button className="button button--primary" type="submit">
            Upload
          </button>
        </div>
      </form>
    </Panel>
  )
}
