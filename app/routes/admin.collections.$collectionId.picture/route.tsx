import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { getCollectionForStaff, setCollectionPicture } from '#app/domain/catalog/collection-editor.server.ts'
import { acceptedPictures } from '#app/domain/media/upload.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { storePictures } from '#app/http/store-pictures.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta = () => adminMeta('Picture of the collection')

export async function loader({ params }: LoaderFunctionArgs) {
  const { collection, picture } = orNotFound(await getCollectionForStaff(idOf(params.collectionId)))
  return { id: collection.id, title: collection.title, picture }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const id = idOf(params.collectionId)
  orNotFound(await getCollectionForStaff(id))
  const { hashes, problems } = await storePictures(request)
  if (problems.length > 0) return data({ problems }, 400)
  await setCollectionPicture({ id, mediaHash: hashes[0]!, by: staff.id })
  return redirectWithToast(urls.admin.collectionPicture(id), {
    kind: 'success',
    text: 'The picture is here.',
  })
}

export default function CollectionPicture() {
  const { id, title, picture } = useLoaderData<typeof loader>()
  const problems = useActionData<typeof action>()?.problems ?? []
  return (
    <Panel title="Picture">
      {problems.length > 0 && (
        <p className="notice notice--error error-summary" role="alert" tabIndex={-1} autoFocus>
          {problems[0]}
        </p>
      )}
      {picture?.status === 'pending' && <p className="soft">Sizes are being made. Reload in a moment.</p>}
      {picture?.status === 'failed' && <p className="field__error">{picture.error}</p>}
      {picture?.status === 'ready' && picture.width && picture.height && (
        <img
          className="collection-picture"
          src={urls.media(picture.hash, Math.min(640, picture.width), 'webp')}
          width={picture.width}
          height={picture.height}
          alt={`Picture of ${title}`}
        />
      )}
      <form
        method="post"
        encType="multipart/form-data"
        className="drop apart"
        action={urls.admin.collectionPicture(id)}
      >
        <CsrfField />
        <label htmlFor="picture">{picture ? 'Another picture' : 'A picture'}</label>
        <input id="picture" type="file" name="picture" accept={acceptedPictures} required />
        <p className="field__hint">
          JPEG, PNG, WebP, AVIF or GIF, at most 25 MB. Without one, the shop shows the picture of a product in
          it.
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
