import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { HomeSectionForm } from '#app/components/admin/home-section-form.tsx'
import { homeSectionMessages } from '#app/components/admin/home-section-messages.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { newHomeSectionSchema, toFacts } from '#app/domain/storefront/home-section.schema.ts'
import { createHomeSection, listLinkTargets } from '#app/domain/storefront/home-sections.server.ts'
import { homeSectionKinds, isHomeSectionKind } from '#app/domain/storefront/home-sections.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { redirectWithToast } from '#app/http/forms/respond.server.ts'
import { parseFormWithImage } from '#app/http/forms/store-images.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction = () => adminMeta('New section')

export async function loader({ request }: LoaderFunctionArgs) {
  const kind = kindOf(request)
  // A URL without a kind leads to the list, where one is chosen.
  if (!kind) throw redirect(urls.admin.homePage(), 303)
  return { kind, targets: await listLinkTargets(), constraint: constraintsOf(newHomeSectionSchema(kind)) }
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const kind = kindOf(request)
  const { submission, hash, problem } = await parseFormWithImage(
    request,
    newHomeSectionSchema(kind ?? 'hero'),
  )
  if (!kind) throw new Response('Bad request', { status: 400 })
  if (submission.status !== 'success') return formResponse(submission)
  if (problem) return formResponse(submission, { errors: { image: [problem] } })
  const facts = toFacts(kind, submission.value)
  const result = await createHomeSection({ kind, facts, mediaHash: hash ?? null, by: staff.id })
  if (!result.ok) return formResponse(submission, { problem: homeSectionMessages[result.reason] })
  return redirectWithToast(urls.admin.homePage(), { kind: 'success', text: 'Section added.' })
}

function kindOf(request: Request) {
  const kind = new URL(request.url).searchParams.get('kind')
  return isHomeSectionKind(kind) ? kind : null
}

const values = {
  heading: '',
  body: '',
  linkLabel: '',
  link: '',
  linkPath: '',
  featuredCollectionId: '',
  itemCount: '8',
  imageAlt: '',
  removesImage: '',
  isVisible: 'on',
}

export default function NewHomeSection() {
  const { kind, ...formProps } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { label, about } = homeSectionKinds[kind]
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.homePage(), label: 'Home page' }]} title={label} about={about} />
      <HomeSectionForm
        {...formProps}
        kind={kind}
        action={urls.admin.newHomeSection(kind)}
        values={values}
        result={result}
      >
        <button className="button button--primary" type="submit">
          Add section
        </button>
        <Link className="button button--quiet" to={urls.admin.homePage()}>
          Back
        </Link>
      </HomeSectionForm>
    </>
  )
}
