import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { TextField } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, useServerForm } from '#app/components/admin/form.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { listImagesForStaff } from '#app/domain/catalog/product-editor.server.ts'
import { updateProductImage } from '#app/domain/catalog/product-images.server.ts'
import { imageSchema } from '#app/domain/catalog/product.schema.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta = () => adminMeta('Picture')

export async function loader({ params }: LoaderFunctionArgs) {
  const productId = idOf(params.productId)
  const imageId = idOf(params.imageId)
  const images = await listImagesForStaff(productId)
  const image = orNotFound(images.find(({ id }) => id === imageId))
  return { productId, image, constraint: constraintsOf(imageSchema) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const productId = idOf(params.productId)
  const submission = await parseForm(request, imageSchema)
  if (submission.status !== 'success') return badForm(submission)
  const imageId = idOf(params.imageId)
  const result = await updateProductImage({ ...submission.value, productId, imageId, by: staff.id })
  if (!result.ok) throw orNotFound(null)
  return redirectWithToast(urls.admin.productImages(productId), { kind: 'success', text: 'Saved.' })
}

export default function Image() {
  const { productId, image, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const [form, fields] = useServerForm<{ alt: string; position: string }>({
    id: 'picture',
    result,
    constraint,
    values: { alt: image.alt, position: String(image.position) },
  })
  return (
    <Form {...formProps(form)}>
      <CsrfField />
      <ErrorSummary form={form} />
      <Panel title={image.filename || `Picture ${image.position}`}>
        <div className="fields">
          <TextField
            field={fields.alt}
            label="What it shows (optional)"
            hint="For those who cannot see it."
          />
          <TextField field={fields.position} label="Place" type="number" min={1} max={250} />
        </div>
        <div className="row-of-actions apart">
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link className="button button--quiet" to={urls.admin.productImages(productId)}>
            All pictures
          </Link>
        </div>
      </Panel>
    </Form>
  )
}
