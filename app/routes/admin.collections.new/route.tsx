import type { ActionFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { CollectionForm } from '#app/components/admin/collection-form.tsx'
import { collectionRefusals } from '#app/components/admin/collection-refusals.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { newCollectionSchema } from '#app/domain/catalog/collection.schema.ts'
import {
  createCollection,
  listCollectionTitles,
  listRuleWords,
} from '#app/domain/catalog/collection-editor.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta = () => adminMeta('New collection')

export async function loader() {
  const shop = orNotFound(await getSettings())
  const [parents, words] = await Promise.all([listCollectionTitles(), listRuleWords()])
  return { parents, words, timeZone: shop.timeZone, constraint: constraintsOf(newCollectionSchema(shop)) }
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const submission = await parseForm(request, newCollectionSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return badForm(submission)
  const result = await createCollection({ ...submission.value, now: new Date(), by: staff.id })
  if (!result.ok) return badForm(submission, [collectionRefusals[result.reason]])
  return redirectWithToast(
    submission.value.kind === 'manual'
      ? urls.admin.collectionProducts(result.id)
      : urls.admin.collection(result.id),
    { kind: 'success', text: `“${submission.value.title}” is made.` },
  )
}

const blank = { field: 'type', value: '' }
const values = {
  title: '',
  handle: '',
  description: '',
  parentId: '',
  position: '0',
  kind: 'manual',
  match: 'all',
  rules: [blank, blank, blank],
  isShown: 'on',
  publishedAt: '',
  seoTitle: '',
  seoDescription: '',
}

export default function NewCollection() {
  const facts = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.collections(), label: 'Collections' }]} title="New collection" />
      <CollectionForm {...facts} values={values} result={result}>
        <button className="button button--primary" type="submit">
          Make the collection
        </button>
        <Link className="button button--quiet" to={urls.admin.collections()}>
          Back
        </Link>
      </CollectionForm>
    </>
  )
}
