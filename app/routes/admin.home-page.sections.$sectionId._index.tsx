import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { HomeSectionForm, type LinkTargets } from '#app/components/admin/home-section-form.tsx'
import { homeSectionMessages } from '#app/components/admin/home-section-messages.ts'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { homeSectionSchema, toFacts } from '#app/domain/storefront/home-section.schema.ts'
import {
  getHomeSection,
  listLinkTargets,
  updateHomeSection,
} from '#app/domain/storefront/home-sections.server.ts'
import { homeSectionKinds, otherLink } from '#app/domain/storefront/home-sections.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { parseFormWithImage } from '#app/http/forms/store-images.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(data ? homeSectionKinds[data.section.kind].label : 'Section')

export async function loader({ params }: LoaderFunctionArgs) {
  const { section, image } = orNotFound(await getHomeSection(parseId(params.sectionId)))
  return {
    section,
    image,
    targets: await listLinkTargets(),
    constraint: constraintsOf(homeSectionSchema(section.kind)),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.sectionId)
  const { kind } = orNotFound(await getHomeSection(id)).section
  const { submission, hash, problem } = await parseFormWithImage(request, homeSectionSchema(kind))
  if (submission.status !== 'success') return formResponse(submission)
  if (problem) return formResponse(submission, { errors: { image: [problem] } })
  const { version, removesImage } = submission.value
  const facts = toFacts(kind, submission.value)
  const mediaHash = hash ?? (removesImage ? null : undefined)
  const result = await updateHomeSection({ id, version, facts, mediaHash, by: staff.id })
  if (!result.ok) return formResponse(submission, { problem: homeSectionMessages[result.reason] })
  return redirectWithToast(urls.admin.homePage(), { kind: 'success', text: 'Section saved.' })
}

export const shouldRevalidate = revalidateForm

export default function HomeSectionDetails() {
  const { section, image, targets, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { label, about } = homeSectionKinds[section.kind]
  const isListed = section.linkPath === '' || isTarget(section.linkPath, targets)
  return (
    <>
      <PageHead crumbs={[{ to: urls.admin.homePage(), label: 'Home page' }]} title={label} about={about} />
      <HomeSectionForm
        key={section.version}
        kind={section.kind}
        action={`${urls.admin.homeSection(section.id)}?index`}
        version={section.version}
        image={image}
        targets={targets}
        constraint={constraint}
        result={result}
        values={{
          ...section,
          link: isListed ? section.linkPath : otherLink,
          linkPath: isListed ? '' : section.linkPath,
          featuredCollectionId: String(section.featuredCollectionId ?? ''),
          itemCount: String(section.itemCount),
          removesImage: '',
          isVisible: section.isVisible ? 'on' : '',
        }}
      >
        <button className="button button--primary" type="submit">
          Save
        </button>
        <Link className="button button--quiet" to={urls.admin.homePage()}>
          Back
        </Link>
      </HomeSectionForm>
    </>
  )
}

function isTarget(path: string, { collections, products, pages }: LinkTargets): boolean {
  return (
    [urls.allProducts(), urls.collections()].includes(path) ||
    collections.some(({ handle }) => urls.collection(handle) === path) ||
    products.some(({ handle }) => urls.product(handle) === path) ||
    pages.some((page) => page.path === path)
  )
}
