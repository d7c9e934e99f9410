import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { TextField } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, useServerForm } from '#app/components/admin/form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { listImagesForStaff } from '#app/domain/products/product-editor.server.ts'
import { updateProductImage } from '#app/domain/products/product-images.server.ts'
import { imageSchema } from '#app/domain/products/product.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { invalidFormResponse, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
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
  if (submission.status !== 'success') return invalidFormResponse(submission)
  const imageId = parseId(params.imageId)
  const result = await updateProductImage({ ...submission.value, productId, imageId, by: staff.id })
  if (!result.ok) throw orNotFound(null)
  return redirectWithToast(urls.admin.productImages(productId), { kind: 'success', text: 'Saved.' })
}

export default function Image() {
  const { productId, image, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const [form, fields] = useServerForm<{ alt: string; position: string }>({
    id: 'image',
    result,
    constraint,
    values: { alt: image.alt, position: String(image.position) },
  })
  return (
    <Form {...formProps(form)}>
      <CsrfField />
      <ErrorSummary form={form} />
      <Panel title={image.filename || `Image ${image.position}`}>
        <div className="fields">
          <TextField
            field={fields.alt}
            label="Alt text (optional)"
            hint="Describe the image for screen readers."
          />
          <TextField field={fields.position} label="Position" type="number" min={1} max={250} />
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
    </Form>
  )
}
