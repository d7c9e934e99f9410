import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { type Constraint, formFields, type FormResponse, submittedOr } from '#app/components/form-fields.ts'
import type { PlaceChoice } from '#app/domain/shipping/places.server.ts'
import { EditForm, SaveBar } from './edit-form.tsx'
import { ChoiceField } from './fields.tsx'
import { Panel } from './panel.tsx'
import { PlaceChecklist } from './place-checklist.tsx'

export type ZoneFormProps = {
  action: string
  values: { title: string; covers: string; places: string[] }
  version?: number
  choices: PlaceChoice[]
  taken: Record<string, string>
  constraint: Record<string, Constraint>
  answer: FormResponse | undefined
  /** The buttons. */
  children: React.ReactNode
}

/** The form of a shipping zone: its name and its countries and regions. */
export function ZoneForm(props: ZoneFormProps) {
  const { action, values, version, choices, taken, constraint, answer, children } = props
  const form = formFields<ZoneFormProps['values']>({ id: 'zone', answer, constraint, values })
  return (
    <EditForm method="post" action={action} answer={answer}>
      <CsrfField />
      {version !== undefined && (
        <input type="hidden" name="version" value={submittedOr(answer, 'version', version)} />
      )}
      <ErrorSummary form={form} />
      <Panel title="Zone">
        <div className="fields">
          <Field {...form.field('title')} label="Name" hint="Customers don’t see it." autoComplete="off" />
          <ChoiceField
            {...form.field('covers')}
            label="Where"
            choices={[
              { value: 'places', label: 'Selected countries and regions' },
              {
                value: 'rest',
                label: 'Rest of the world',
                hint: 'All addresses that are in no other zone.',
              },
            ]}
          />
          <PlaceChecklist
            field={form.field('places')}
            choices={choices}
            chosen={form.list('places').map(String)}
            taken={taken}
          />
        </div>
      </Panel>
      <SaveBar>{children}</SaveBar>
    </EditForm>
  )
}
