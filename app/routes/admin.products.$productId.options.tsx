import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { CheckField, TextArea } from '#app/components/admin/fields.tsx'
import { Field } from '#app/components/field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { formFields, submittedOr } from '#app/components/form-fields.ts'
import { optionMessages } from '#app/components/admin/option-messages.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { maxVariants, valuesInUse } from '#app/domain/products/options.ts'
import { formatCount } from '#app/domain/intl.ts'
import { getProductForStaff, listOptionValues } from '#app/domain/products/product-editor.server.ts'
import { optionsSchema } from '#app/domain/products/product.schema.ts'
import { countGaps, setOptions } from '#app/domain/products/set-options.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(`Options of ${data?.title ?? 'a product'}`)

export async function loader({ params }: LoaderFunctionArgs) {
  const { product } = orNotFound(await getProductForStaff(parseId(params.productId)))
  const [variants, gaps] = await Promise.all([listOptionValues(product.id), countGaps(product.id)])
  const values = valuesInUse(product.optionNames.length, variants)
  const options = product.optionNames.map((name, index) => ({ name, values: values[index]!.join(', ') }))
  const { id, title, version } = product
  return { id, title, version, options, gaps, constraint: constraintsOf(optionsSchema) }
}

const stale = 'Someone else changed this product, so nothing was saved. Reload the page.'

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const productId = parseId(params.productId)
  const submission = await parseForm(request, optionsSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { removals = 0, ...asked } = submission.value
  const result = await setOptions({ productId, ...asked, removals, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.productVariants(productId), {
      kind: 'success',
      text: resultText(result),
    })
  switch (result.reason) {
    case 'not-found':
      throw orNotFound(null)
    case 'stale':
      return formResponse(submission, { problem: stale })
    case 'would-remove':
      return formResponse(submission, {}, { removedVariants: result.variants })
    default:
      return formResponse(submission, { problem: optionMessages[result.reason] })
  }
}

function resultText({ made, kept, removed }: { made: number; kept: number; removed: number }): string {
  const parts = [
    made && `${made} added`,
    kept && `${kept} unchanged`,
    removed && `${removed} deleted`,
  ].filter(Boolean)
  return `Variants: ${parts.join(', ')}.`
}

export default function Options() {
  const { version } = useLoaderData<typeof loader>()
  return <OptionsForm key={version} />
}

function OptionsForm() {
  const { version, options, gaps, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const removedVariants = (result as { removedVariants?: RemovedVariant[] } | undefined)?.removedVariants
  const rows = [0, 1, 2].map((index) => options[index] ?? { name: '', values: '' })
  const form = formFields<{ options: { name: string; values: string }[]; fillGaps: string }>({
    id: 'options',
    answer: result,
    constraint,
    values: { options: rows, fillGaps: '' },
  })
  return (
    <Form method="post">
      <CsrfField />
      <input type="hidden" name="version" value={submittedOr(result, 'version', version)} />
      <ErrorSummary form={form} />
      {removedVariants && <RemovedVariants variants={removedVariants} />}
      <Panel title="Options">
        <p className="soft small">
          Each combination of values is a variant with its own price and stock. Up to three options and{' '}
          {formatCount(maxVariants, 'variant')}. Edit a value in place to rename it: its variants keep their
          price, stock and SKU. Clear both fields of an option to remove it.
        </p>
        <div className="fields apart">
          {rows.map((_, index) => (
            <div className="option-row" key={index}>
              <input type="hidden" name={`options[${index}].was`} value={options[index] ? index : ''} />
              <Field
                {...form.field(`options[${index}].name`)}
                label={`Option ${index + 1}`}
                placeholder={['Size', 'Color', 'Material'][index]}
                autoComplete="off"
              />
              <TextArea
                {...form.field(`options[${index}].values`)}
                label="Values, separated by commas"
                rows={2}
              />
            </div>
          ))}
          {gaps > 0 && (
            <CheckField
              {...form.field('fillGaps')}
              label={`Also create ${formatCount(gaps, 'missing variant')}`}
            />
          )}
        </div>
      </Panel>
      <div className="save-bar">
        <button className={`button ${removedVariants ? 'button--danger' : 'button--primary'}`} type="submit">
          {removedVariants
            ? `Save and delete ${formatCount(removedVariants.length, 'variant')}`
            : 'Save options'}
        </button>
        <p className="save-bar__note">New variants use the first variant’s price, with stock 0.</p>
      </div>
    </Form>
  )
}

type RemovedVariant = { title: string; stock: number }

/** A confirmation before variants are deleted. */
function RemovedVariants({ variants }: { variants: RemovedVariant[] }) {
  const shown = variants.slice(0, 30)
  return (
    <div className="notice notice--warn error-summary" role="alert" tabIndex={-1} autoFocus>
      <h2>{formatCount(variants.length, 'variant')} will be deleted, with stock and history</h2>
      <ul>
        {shown.map(({ title, stock }) => (
          <li key={title} dir="auto">
            {title}
            {stock !== 0 && `: ${stock} in stock`}
          </li>
        ))}
        {variants.length > shown.length && <li>and {variants.length - shown.length} more</li>}
      </ul>
      <p>Nothing is saved yet. Existing orders are not affected.</p>
      <input type="hidden" name="removals" value={variants.length} />
    </div>
  )
}
