import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { CollectionForm } from '#app/components/admin/collection-form.tsx'
import { collectionRefusals } from '#app/components/admin/collection-refusals.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { plainText } from '#app/components/page-meta.ts'
import { collectionSchema } from '#app/domain/catalog/collection.schema.ts'
import {
  getCollectionForStaff,
  listCollectionTitles,
  listRuleWords,
  updateCollection,
} from '#app/domain/catalog/collection-editor.server.ts'
import { subtreeIds } from '#app/domain/catalog/collection-tree.ts'
import { toLocalInput } from '#app/domain/catalog/zoned-time.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data?.collection.title ?? 'Collection')

export async function loader({ params }: LoaderFunctionArgs) {
  const shop = orNotFound(await getSettings())
  const { collection } = orNotFound(await getCollectionForStaff(idOf(params.collectionId)))
  const [titles, words] = await Promise.all([listCollectionTitles(), listRuleWords()])
  const inside = subtreeIds(titles, collection.id)
  const parents = titles.filter(({ id }) => !inside.has(id))
  return {
    collection,
    parents,
    words,
    timeZone: shop.timeZone,
    constraint: constraintsOf(collectionSchema(shop)),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const id = idOf(params.collectionId)
  const submission = await parseForm(request, collectionSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return badForm(submission)
  const result = await updateCollection({ ...submission.value, id, now: new Date(), by: staff.id })
  if (result.ok) return redirectWithToast(urls.admin.collection(id), { kind: 'success', text: 'Saved.' })
  if (result.reason === 'gone') throw orNotFound(null)
  return badForm(submission, [collectionRefusals[result.reason]])
}

const blank = { field: 'type', value: '' }

export default function CollectionDetails() {
  const { collection, timeZone, ...facts } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { id, version, publishedAt } = collection
  return (
    <CollectionForm
      key={version}
      {...facts}
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
        position: String(collection.position),
        rules: [...collection.rules, blank, blank, blank].slice(0, 50),
        isShown: publishedAt ? 'on' : '',
        publishedAt: publishedAt ? toLocalInput(publishedAt, timeZone) : '',
      }}
    >
      <button className="button button--primary" type="submit">
        Save
      </button>
      <Link className="button button--quiet" to={urls.admin.collectionDeletion(id)}>
        Delete the collection
      </Link>
    </CollectionForm>
  )
}
