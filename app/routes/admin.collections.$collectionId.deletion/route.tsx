import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { deleteCollection, getCollectionForStaff } from '#app/domain/catalog/collection-editor.server.ts'
import { emptySchema } from '#app/domain/catalog/product.schema.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta = () => adminMeta('Delete the collection')

export async function loader({ params }: LoaderFunctionArgs) {
  const { collection, inside, productCount } = orNotFound(
    await getCollectionForStaff(idOf(params.collectionId)),
  )
  return { id: collection.id, title: collection.title, inside, productCount }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  await parseForm(request, emptySchema)
  const gone = orNotFound(await deleteCollection(idOf(params.collectionId), staff.id))
  return redirectWithToast(urls.admin.collections(), { kind: 'success', text: `“${gone.title}” is deleted.` })
}

export default function CollectionDeletion() {
  const { id, title, inside, productCount } = useLoaderData<typeof loader>()
  return (
    <Panel title={`Delete “${title}”?`}>
      <p>
        Its page leaves the shop.{' '}
        {productCount === 1 ? 'Its product stays' : `Its ${productCount} products stay`}
        {inside > 0 &&
          (inside === 1
            ? ', and the collection inside it moves to the top'
            : `, and the ${inside} collections inside it move to the top`)}
        . This cannot be taken back.
      </p>
      <Form method="post" className="row-of-actions apart">
        <CsrfField />
        <button className="button button--danger" type="submit">
          Delete the collection
        </button>
        <Link className="button button--quiet" to={urls.admin.collection(id)}>
          Keep it
        </Link>
      </Form>
    </Panel>
  )
}
