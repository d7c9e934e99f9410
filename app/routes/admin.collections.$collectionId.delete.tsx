import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { formatCount } from '#app/domain/intl.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { deleteCollection, getCollectionForStaff } from '#app/domain/collections/collection-editor.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Delete collection')

export async function loader({ params }: LoaderFunctionArgs) {
  const { collection, inside, productCount } = orNotFound(
    await getCollectionForStaff(parseId(params.collectionId)),
  )
  return { id: collection.id, title: collection.title, inside, productCount }
}

export const action = buttonAction({
  ids: ['collectionId'],
  command: ({ collectionId }, by) => deleteCollection(collectionId, by),
  page: () => urls.admin.collections(),
  done: ({ title }) => ({ kind: 'success', text: `“${title}” was deleted.` }),
}).action

export default function DeleteCollection() {
  const { id, title, inside, productCount } = useLoaderData<typeof loader>()
  return (
    <Panel title={`Delete “${title}”?`}>
      <p>
        Its page is removed from the store.{' '}
        {productCount === 1
          ? 'Its product isn’t deleted'
          : `Its ${formatCount(productCount, 'product')} aren’t deleted`}
        {inside > 0 &&
          (inside === 1
            ? ', and its subcollection moves to the top level'
            : `, and the ${inside} subcollections move to the top level`)}
        . This can’t be undone.
      </p>
      <Form method="post" className="row-of-actions apart">
        <CsrfField />
        <button className="button button--danger" type="submit">
          Delete collection
        </button>
        <Link className="button button--quiet" to={urls.admin.collection(id)}>
          Cancel
        </Link>
      </Form>
    </Panel>
  )
}
