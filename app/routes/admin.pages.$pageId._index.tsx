import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { Icon } from '#app/components/admin/icons.tsx'
import { PageForm } from '#app/components/admin/page-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { pageMessages } from '#app/components/admin/page-messages.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { PageStatus } from '#app/components/admin/status-badges.tsx'
import { plainText } from '#app/domain/plain-text.ts'
import { getPageForStaff, updatePage } from '#app/domain/pages/edit-pages.server.ts'
import { pageSchema } from '#app/domain/pages/page.schema.ts'
import { pagePath } from '#app/domain/pages/pages.ts'
import { toEditableDescription } from '#app/domain/products/description.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => adminMeta(data?.page.title ?? 'Page')

export async function loader({ params }: LoaderFunctionArgs) {
  return {
    page: orNotFound(await getPageForStaff(parseId(params.pageId))),
    constraint: constraintsOf(pageSchema),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.pageId)
  const submission = await parseForm(request, pageSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { version, ...facts } = submission.value
  const result = await updatePage({ id, version, facts, by: staff.id })
  if (result.ok) return redirectWithToast(urls.admin.page(id), { kind: 'success', text: 'Saved.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: pageMessages[result.reason] })
}

export const shouldRevalidate = revalidateForm

export default function PageEditor() {
  const { page, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { id, kind, version, title, body } = page
  const path = pagePath(page)
  const isPublished = page.publishedAt !== null
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.pages(), label: 'Pages' }]}
        title={title}
        mark={<PageStatus isPublished={isPublished} />}
      >
        <a
          className="button"
          href={isPublished ? path : urls.pagePreview(path)}
          target="_blank"
          rel="noreferrer"
        >
          <Icon name="external" /> {isPublished ? 'View in store' : 'Preview'}
        </a>
      </PageHead>
      <PageForm
        key={version}
        action={`${urls.admin.page(id)}?index`}
        kind={kind}
        version={version}
        constraint={constraint}
        result={result}
        saved={{
          handle: page.handle,
          title: page.seoTitle || title,
          text: page.seoDescription || plainText(body),
        }}
        values={{
          ...page,
          body: toEditableDescription(body),
          isPublished: isPublished ? 'on' : '',
          inFooter: page.position === null ? '' : 'on',
        }}
      >
        <button className="button button--primary" type="submit">
          Save
        </button>
        <Link className="button button--quiet save-bar__delete" to={urls.admin.deletePage(id)}>
          {kind === 'policy' ? 'Delete policy' : 'Delete page'}
        </Link>
      </PageForm>
    </>
  )
}
