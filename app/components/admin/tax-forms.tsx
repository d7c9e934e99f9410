import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import {
  type Constraint,
  type FormFields,
  formFields,
  type FormResponse,
  submittedOr,
} from '#app/components/form-fields.ts'
import { standardClass } from '#app/domain/taxes/tax-rate.ts'
import { urls } from '#app/urls.ts'
import { EditForm, SaveBar } from './edit-form.tsx'
import { type Choice, SelectField } from './fields.tsx'
import { PageHead } from './page-head.tsx'
import { Panel } from './panel.tsx'
import { PlaceFields } from './place-fields.tsx'

type FormProps<Values> = {
  title: string
  action: string
  values: Values
  version?: number
  constraint: Record<string, Constraint>
  answer: FormResponse | undefined
  /** The buttons. */
  children: React.ReactNode
}

const crumbs = [
  { to: urls.admin.settings(), label: 'Settings' },
  { to: urls.admin.settings('taxes'), label: 'Taxes' },
]

export type RateValues = { country: string; region: string; taxClassId: string; rate: string }

export type RateChoices = { countries: Choice[]; regions: Choice[]; classes: { id: number; title: string }[] }

/** The page of a tax rate: its place, tax class and percentage. */
export function TaxRateForm({ countries, regions, classes, ...page }: FormProps<RateValues> & RateChoices) {
  const { answer, constraint, values } = page
  const form = formFields<RateValues>({ id: 'rate', answer, constraint, values })
  const { field } = form
  return (
    <TaxPage
      {...page}
      form={form}
      buttons={page.children}
      fields={
        <>
          <PlaceFields
            country={field('country')}
            region={field('region')}
            countries={countries}
            regions={regions}
            regionHint="Its name or code. Empty is the whole country."
          />
          <div className="fields fields--2">
            {classes.length > 0 && (
              <SelectField
                {...field('taxClassId')}
                label="Tax class"
                choices={[
                  { value: '', label: standardClass },
                  ...classes.map(({ id, title }) => ({ value: String(id), label: title })),
                ]}
              />
            )}
            <Field
              {...field('rate')}
              label="Rate"
              unit="%"
              inputMode="decimal"
              className="input--number"
              hint="At most three decimals, such as 8.875."
              autoComplete="off"
            />
          </div>
        </>
      }
    />
  )
}

/** The page of a tax class: its name. */
export function TaxClassForm(page: FormProps<{ title: string }>) {
  const { answer, constraint, values } = page
  const form = formFields<{ title: string }>({ id: 'class', answer, constraint, values })
  return (
    <TaxPage
      {...page}
      form={form}
      buttons={page.children}
      fields={
        <Field
          {...form.field('title')}
          label="Name"
          hint="For products with other rates, such as “Reduced” or “Books”."
          autoComplete="off"
        />
      }
    />
  )
}

type PageProps = Omit<FormProps<unknown>, 'values' | 'constraint' | 'children'> & {
  form: FormFields
  fields: React.ReactNode
  buttons: React.ReactNode
}

function TaxPage({ title, action, version, answer, form, fields, buttons }: PageProps) {
  return (
    <>
      <PageHead crumbs={crumbs} title={title} />
      <EditForm method="post" action={action} answer={answer} className="settings">
        <CsrfField />
        {version !== undefined && (
          <input type="hidden" name="version" value={submittedOr(answer, 'version', version)} />
        )}
        <ErrorSummary form={form} />
        <Panel>
          <div className="fields">{fields}</div>
        </Panel>
        <SaveBar>{buttons}</SaveBar>
      </EditForm>
    </>
  )
}
