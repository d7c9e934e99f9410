import { Form, useNavigation } from '@remix-run/react'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { formFields, type FormResponse } from '#app/components/form-fields.ts'
import { Picker } from '#app/components/picker.tsx'
import type { Presets } from '#app/domain/settings/presets.ts'
import type { Choice } from '#app/domain/settings/regions.ts'
import { urls } from '#app/urls.ts'

type Props = {
  code: string
  presets: Presets
  currencies: Choice[]
  locales: Choice[]
  timeZones: Choice[]
  answer: FormResponse | undefined
}

export function SetupForm({ code, presets, currencies, locales, timeZones, answer }: Props) {
  const isBusy = useNavigation().state !== 'idle'
  const form = formFields<Record<string, string>>({ answer, values: presets })
  const { field } = form
  return (
    <Form method="post" action={urls.setup(code)} className="door__form" noValidate>
      <input type="hidden" name="code" value={code} />
      <ErrorSummary form={form} />
      <Field {...field('shopName')} label="Store name" required maxLength={80} ask="Enter your store name." />
      <Picker
        {...field('currency')}
        label="Currency"
        hint="Used for all prices. You can’t change it after your first order."
        choices={currencies}
      />
      <Picker
        {...field('locale')}
        label="Language and region"
        hint="Sets the format of prices and dates."
        choices={locales}
      />
      <Picker
        {...field('timeZone')}
        label="Time zone"
        choices={timeZones}
        onMount={answer ? undefined : selectBrowserZone}
      />
      <h2>Owner account</h2>
      <Field
        {...field('name')}
        label="Your name"
        autoComplete="name"
        required
        maxLength={120}
        ask="Enter your name."
      />
      <Field
        {...field('email')}
        label="Email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        hint="Used to sign in, and as your public contact email until you change it."
        ask="Enter your email address."
      />
      <Field
        {...field('password')}
        label="Password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={256}
        hint="At least 8 characters; a passphrase of four words is stronger."
        ask="Choose a password."
      />
      <button className="button button--primary" aria-busy={isBusy}>
        {isBusy ? 'Creating…' : 'Create store'}
      </button>
    </Form>
  )
}

/** With JavaScript, the browser's time zone is preselected. */
function selectBrowserZone(select: HTMLSelectElement) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if ([...select.options].some(({ value }) => value === zone)) select.value = zone
}
