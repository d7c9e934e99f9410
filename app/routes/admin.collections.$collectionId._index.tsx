import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { CollectionForm } from '#app/components/admin/collection-form.tsx'
import { collectionMessages } from '#app/components/admin/collection-messages.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { plainText } from '#app/domain/plain-text.ts'
import { collectionSchema } from '#app/domain/collections/collection.schema.ts'
import {
  getCollectionForStaff,
  listCollectionTitles,
  listRuleSuggestions,
  updateCollection,
} from '#app/domain/collections/collection-editor.server.ts'
import { subtreeIds } from '#app/domain/collections/collection-tree.ts'
import { toLocalInput } from '#app/domain/products/zoned-time.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data?.collection.title ?? 'Collection')

export async function loader({ params }: LoaderFunctionArgs) {
  const shop = orNotFound(await getSettings())
  const { collection } = orNotFound(await getCollectionForStaff(parseId(params.collectionId)))
  const [titles, suggestions] = await Promise.all([listCollectionTitles(), listRuleSuggestions()])
  const inside = subtreeIds(titles, collection.id)
  const parents = titles.filter(({ id }) => !inside.has(id))
  return {
    collection,
    parents,
    suggestions,
    timeZone: shop.timeZone,
    constraint: constraintsOf(collectionSchema(shop)),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.collectionId)
  const submission = await parseForm(request, collectionSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return formResponse(submission)
  const result = await updateCollection({ ...submission.value, id, now: new Date(), by: staff.id })
  if (result.ok) return redirectWithToast(urls.admin.collection(id), { kind: 'success', text: 'Saved.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: collectionMessages[result.reason] })
}

export const shouldRevalidate = revalidateForm

const blank = { field: 'type', value: '' }

export default function CollectionDetails() {
  const { collection, timeZone, ...formProps } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { id, version, publishedAt } = collection
  return (
    <CollectionForm
      key={version}
      {...formProps}
      timeZone={timeZone}
      version={version}
      result={result}
      saved={{
        handle: collection.handle,
        title: collection.seoTitle || collection.title,
        text: collection.seoDescription || plainText(collection.description),
      }}
      values={{
        ...collection,
        parentId: collection.parentId === null ? '' : String(collection.parentId),
        rules: [...collection.rules, blank, blank, blank].slice(0, 50),
        isShown: publishedAt ? 'on' : '',
        publishedAt: publishedAt ? toLocalInput(publishedAt, timeZone) : '',
      }}
    >
      <button className="button button--primary" type="submit">
        Save
      </button>
      <Link className="button button--quiet save-bar__delete" to={urls.admin.deleteCollection(id)}>
        Delete collection
      </Link>
    </CollectionForm>
  )
}
