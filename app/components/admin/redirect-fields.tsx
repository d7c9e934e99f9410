import { Field } from '#app/components/field.tsx'
import type { formFields } from '#app/components/form-fields.ts'

export type RedirectValues = { path: string; target: string }

/** The two addresses of a redirect. */
export function RedirectFields({ form }: { form: ReturnType<typeof formFields<RedirectValues>> }) {
  return (
    <>
      <Field
        {...form.field('path')}
        label="Old address"
        hint="A path of this store, such as /old-page. Only used when nothing else is at this address."
        autoComplete="off"
        spellCheck={false}
      />
      <Field
        {...form.field('target')}
        label="New address"
        hint="A path of this store, such as /collections/all, or a URL of another site."
        autoComplete="off"
        spellCheck={false}
      />
    </>
  )
}
