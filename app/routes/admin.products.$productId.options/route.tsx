import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { CheckField, TextArea, TextField } from '#app/components/admin/fields.tsx'
import { ErrorSummary, formProps, keptOr, useServerForm } from '#app/components/admin/form.tsx'
import { optionWords } from '#app/components/admin/option-words.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { maxVariants, valuesInUse } from '#app/domain/catalog/options.ts'
import { getProductForStaff, listOptionValues } from '#app/domain/catalog/product-editor.server.ts'
import { optionsSchema } from '#app/domain/catalog/product.schema.ts'
import { countGaps, setOptions } from '#app/domain/catalog/set-options.server.ts'
import { constraintsOf } from '#app/http/constraints.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { badForm, orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  adminMeta(`Options of ${data?.title ?? 'a product'}`)

export async function loader({ params }: LoaderFunctionArgs) {
  const { product } = orNotFound(await getProductForStaff(idOf(params.productId)))
  const [variants, gaps] = await Promise.all([listOptionValues(product.id), countGaps(product.id)])
  const values = valuesInUse(product.optionNames.length, variants)
  const options = product.optionNames.map((name, index) => ({ name, values: values[index]!.join(', ') }))
  const { id, title, version } = product
  return { id, title, version, options, gaps, constraint: constraintsOf(optionsSchema) }
}

const stale =
  'Somebody saved this product since you opened it, so nothing was changed. Open the page again and look.'

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const productId = idOf(params.productId)
  const submission = await parseForm(request, optionsSchema)
  if (submission.status !== 'success') return badForm(submission)
  const { removals = 0, ...asked } = submission.value
  const result = await setOptions({ productId, ...asked, removals, by: staff.id })
  if (result.ok)
    return redirectWithToast(urls.admin.productVariants(productId), {
      kind: 'success',
      text: outcome(result),
    })
  switch (result.reason) {
    case 'gone':
      throw orNotFound(null)
    case 'changed-meanwhile':
      return badForm(submission, [stale])
    case 'would-remove':
      return data({ ...submission.reply(), going: result.variants }, 400)
    default:
      return badForm(submission, [optionWords[result.reason]])
  }
}

function outcome({ made, kept, removed }: { made: number; kept: number; removed: number }): string {
  const parts = [made && `${made} made`, kept && `${kept} kept`, removed && `${removed} deleted`].filter(
    Boolean,
  )
  return `Variants: ${parts.join(', ')}.`
}

export default function Options() {
  const { version } = useLoaderData<typeof loader>()
  return <OptionsForm key={version} />
}

function OptionsForm() {
  const { version, options, gaps, constraint } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const going = (result as { going?: GoingVariant[] } | undefined)?.going
  const rows = [0, 1, 2].map((index) => options[index] ?? { name: '', values: '' })
  const [form, fields] = useServerForm<{ options: { name: string; values: string }[]; fillGaps: string }>({
    id: 'options',
    result,
    constraint,
    values: { options: rows, fillGaps: '' },
  })
  const list = fields.options.getFieldList()
  return (
    <Form {...formProps(form)}>
      <CsrfField />
      <input type="hidden" name="version" value={keptOr(result, 'version', version)} />
      <ErrorSummary form={form} />
      {going && <Going variants={going} />}
      <Panel title="Options">
        <p className="soft small">
          Each combination of values is a variant with its own price and stock; up to three options and{' '}
          {maxVariants.toLocaleString('en')} variants. Change a value in its place to rename it: its variants
          keep price, stock and SKU. Empty both fields of an option to drop it.
        </p>
        <div className="fields apart">
          {rows.map((_, index) => {
            const option = list[index]?.getFieldset()
            if (!option) return null
            return (
              <div className="option-row" key={index}>
                <input type="hidden" name={`options[${index}].was`} value={options[index] ? index : ''} />
                <TextField
                  field={option.name}
                  label={`Option ${index + 1}`}
                  placeholder={['Size', 'Colour', 'Material'][index]}
                  autoComplete="off"
                />
                <TextArea field={option.values} label="Values, separated by commas" rows={2} />
              </div>
            )
          })}
          {gaps > 0 && (
            <CheckField
              field={fields.fillGaps}
              label={`Also make the ${gaps} ${gaps === 1 ? 'combination that has' : 'combinations that have'} no variant`}
            />
          )}
        </div>
      </Panel>
      <div className="save-bar">
        <button className={`button ${going ? 'button--danger' : 'button--primary'}`} type="submit">
          {going
            ? `Save and delete ${going.length} ${going.length === 1 ? 'variant' : 'variants'}`
            : 'Save the options'}
        </button>
        <p className="save-bar__note">New variants cost what the first one costs, and have no stock.</p>
      </div>
    </Form>
  )
}

type GoingVariant = { title: string; stock: number }

/** Asked before anything is lost. */
function Going({ variants }: { variants: GoingVariant[] }) {
  const shown = variants.slice(0, 30)
  return (
    <div className="notice notice--warn error-summary" role="alert" tabIndex={-1} autoFocus>
      <h2>
        {variants.length === 1
          ? 'One variant would be deleted'
          : `${variants.length} variants would be deleted`}
        , with stock and history
      </h2>
      <ul>
        {shown.map(({ title, stock }) => (
          <li key={title} dir="auto">
            {title}
            {stock !== 0 && `: ${stock} in stock`}
          </li>
        ))}
        {variants.length > shown.length && <li>and {variants.length - shown.length} more</li>}
      </ul>
      <p>Nothing is saved yet. Orders keep what was bought.</p>
      <input type="hidden" name="removals" value={variants.length} />
    </div>
  )
}
