import { Form, useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field, FieldFrame } from '#app/components/field.tsx'
import { formFields, type FormResponse } from '#app/components/form-fields.ts'
import { urls } from '#app/urls.ts'

type Props = {
  code: string
  locale: string
  currencies: { id: string; name: string }[]
  timeZones: string[]
  answer: FormResponse | undefined
}

export function SetupForm({ code, locale, currencies, timeZones, answer }: Props) {
  const isBusy = useNavigation().state !== 'idle'
  const zone = useBrowserZone(answer)
  const form = formFields<Record<string, string>>({
    answer,
    values: { currency: 'EUR', locale, timeZone: 'UTC' },
  })
  const { field } = form
  return (
    <Form method="post" action={urls.setup(code)} className="door__form" noValidate>
      <input type="hidden" name="code" value={code} />
      <ErrorSummary form={form} />
      <Field {...field('shopName')} label="Store name" required maxLength={80} ask="Enter your store name." />
      <FieldFrame
        id="currency"
        label="Currency"
        hint="Used for all prices. You can’t change it after your first order."
      >
        <select
          id="currency"
          name="currency"
          className="input"
          aria-describedby="currency-hint"
          defaultValue={field('currency').defaultValue}
        >
          {currencies.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </FieldFrame>
      <Field
        {...field('locale')}
        label="Language and region"
        hint="Sets the format of prices and dates, such as en-GB, de-AT or ja."
        required
        maxLength={35}
        spellCheck={false}
      />
      <FieldFrame id="timeZone" label="Time zone">
        <select
          id="timeZone"
          name="timeZone"
          className="input"
          ref={zone}
          defaultValue={field('timeZone').defaultValue}
        >
          {timeZones.map((id) => (
            <option key={id} value={id}>
              {id.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      </FieldFrame>
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
function useBrowserZone(answer: FormResponse | undefined) {
  const select = useRef<HTMLSelectElement>(null)
  useEffect(() => {
    if (!answer && select.current) select.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone
  }, [answer])
  return select
}
