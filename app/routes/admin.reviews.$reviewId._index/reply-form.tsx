import { EditForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { TextArea } from '#app/components/admin/fields.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { type Constraint, formFields, type FormResponse, submittedOr } from '#app/components/form-fields.ts'

export function ReplyForm(props: {
  review: { version: number; reply: string }
  answer: FormResponse | undefined
  constraint: Record<string, Constraint>
}) {
  const { review, answer, constraint } = props
  const form = formFields({ answer, values: { reply: review.reply }, constraint })
  return (
    <EditForm method="post" answer={answer}>
      <CsrfField />
      <input type="hidden" name="version" value={submittedOr(answer, 'version', review.version)} />
      <ErrorSummary form={form} />
      <Panel title="Reply">
        <div className="fields">
          <TextArea
            {...form.field('reply')}
            label="Public reply"
            hint="Shown below the review, with the store’s name. Leave it empty to remove it."
            isOptional
          />
        </div>
      </Panel>
      <SaveBar>
        <button className="button button--primary" type="submit">
          Save reply
        </button>
      </SaveBar>
    </EditForm>
  )
}
