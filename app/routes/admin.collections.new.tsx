import type { ActionFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { CollectionForm } from '#app/components/admin/collection-form.tsx'
import { collectionMessages } from '#app/components/admin/collection-messages.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { newCollectionSchema } from '#app/domain/collections/collection.schema.ts'
import {
  createCollection,
  listCollectionTitles,
  listRuleSuggestions,
} from '#app/domain/collections/collection-editor.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('New collection')

export async function loader() {
  const shop = orNotFound(await getSettings())
  const [parents, suggestions] = await Promise.all([listCollectionTitles(), listRuleSuggestions()])
  return {
    parents,
    suggestions,
    timeZone: shop.timeZone,
    constraint: constraintsOf(newCollectionSchema(shop)),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, newCollectionSchema(orNotFound(await getSettings())))
  if (submission.status !== 'success') return formResponse(submission)
  const result = await createCollection({ ...submission.value, now: new Date(), by: staff.id })
  if (!result.ok) return formResponse(submission, { problem: collectionMessages[result.reason] })
  return redirectWithToast(
    submission.value.kind === 'manual'
      ? urls.admin.collectionProducts(result.id)
      : urls.admin.collection(result.id),
    { kind: 'success', text: `“${submission.value.title}” was created.` },
  )
}

const blank = { field: 'type', value: '' }
const values = {
  title: '',
  handle: '',
  description: '',
  parentId: '',
  kind: 'manual',
  match: 'all',
  rules: [blank, blank, blank],
  isShown: 'on',
  publishedAt: '',
  seoTitle: '',
  seoDescription: '',
}

export default function NewCollection() {
  const formProps = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.collections(), label: 'Collections' }]} title="New collection" />
      <CollectionForm {...formProps} values={values} result={result}>
        <button className="button button--primary" type="submit">
          Save collection
        </button>
        <Link className="button button--quiet" to={urls.admin.collections()}>
          Back
        </Link>
      </CollectionForm>
    </>
  )
}
