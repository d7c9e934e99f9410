import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { EditForm } from '#app/components/admin/edit-form.tsx'
import { Field } from '#app/components/field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { listImagesForStaff } from '#app/domain/products/product-editor.server.ts'
import { updateProductImage } from '#app/domain/products/product-images.server.ts'
import { imageSchema } from '#app/domain/products/product-images.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Image')

export async function loader({ params }: LoaderFunctionArgs) {
  const productId = parseId(params.productId)
  const imageId = parseId(params.imageId)
  const images = await listImagesForStaff(productId)
  const image = orNotFound(images.find(({ id }) => id === imageId))
  return { productId, image, constraint: constraintsOf(imageSchema) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  const submission = await parseForm(request, imageSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const imageId = parseId(params.imageId)
  const result = await updateProductImage({ ...submission.value, productId, imageId, by: staff.id })
  if (!result.ok) throw orNotFound(null)
  return redirectWithToast(urls.admin.productImages(productId), { kind: 'success', text: 'Saved.' })
}

export default function Image() {
  const { productId, image, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const form = formFields<{ alt: string; position: string }>({
    id: 'image',
    answer: result,
    constraint,
    values: { alt: image.alt, position: String(image.position) },
  })
  return (
    <EditForm method="post" answer={result}>
      <CsrfField />
      <ErrorSummary form={form} />
      <Panel title={image.filename || `Image ${image.position}`}>
        <div className="fields">
          <Field
            {...form.field('alt')}
            label="Alt text"
            isOptional
            hint="Describe the image for screen readers."
          />
          <Field {...form.field('position')} label="Position" type="number" min={1} max={250} />
        </div>
        <div className="row-of-actions apart">
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link className="button button--quiet" to={urls.admin.productImages(productId)}>
            All images
          </Link>
        </div>
      </Panel>
    </EditForm>
  )
}
