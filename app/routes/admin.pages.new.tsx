import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { PageForm } from '#app/components/admin/page-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { pageMessages } from '#app/components/admin/page-messages.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { createPage, findPolicy } from '#app/domain/pages/edit-pages.server.ts'
import { newPageSchema } from '#app/domain/pages/page.schema.ts'
import { isPolicyHandle, policies } from '#app/domain/pages/pages.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data?.policy ? policies[data.policy].title : 'New page')

export async function loader({ request }: LoaderFunctionArgs) {
  const policy = policyOf(request)
  const written = policy && (await findPolicy(policy))
  if (written) throw redirect(urls.admin.page(written), 303)
  return { policy, constraint: constraintsOf(newPageSchema) }
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const submission = await parseForm(request, newPageSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { value: facts } = submission
  const result = await createPage({ facts, policy: policyOf(request), by: staff.id })
  if (!result.ok) return formResponse(submission, { problem: pageMessages[result.reason] })
  return redirectWithToast(urls.admin.page(result.id), {
    kind: 'success',
    text: `“${facts.title}” was created.`,
  })
}

/** The policy to write; null for a page, also for an unknown policy. */
function policyOf(request: Request) {
  const policy = new URL(request.url).searchParams.get('policy')
  return isPolicyHandle(policy) ? policy : null
}

const blank = { handle: '', body: '', isPublished: '', inFooter: '', seoTitle: '', seoDescription: '' }

export default function NewPage() {
  const { policy, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { title, about } = policy ? policies[policy] : { title: 'New page', about: undefined }
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.pages(), label: 'Pages' }]} title={title} about={about} />
      <PageForm
        key={policy}
        kind={policy ? 'policy' : 'page'}
        action={policy ? urls.admin.newPolicy(policy) : urls.admin.newPage()}
        values={{ ...blank, title: policy ? title : '' }}
        constraint={constraint}
        result={result}
      >
        <button className="button button--primary" type="submit">
          {policy ? 'Save policy' : 'Save page'}
        </button>
        <Link className="button button--quiet" to={urls.admin.pages()}>
          Back
        </Link>
      </PageForm>
    </>
  )
}
