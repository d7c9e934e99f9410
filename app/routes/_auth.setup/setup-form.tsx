import { Form, useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { urls } from '#app/urls.ts'

/** The submitted form values. */
export type Typed = Partial<Record<string, string>>

type Props = {
  code: string
  locale: string
  currencies: { id: string; name: string }[]
  timeZones: string[]
  typed: Typed | undefined
  errors: Record<string, string[] | null | undefined>
}

export function SetupForm({ code, locale, currencies, timeZones, typed, errors }: Props) {
  const isBusy = useNavigation().state !== 'idle'
  const zone = useBrowserZone(typed?.timeZone)
  const of = (name: string) => ({ name, defaultValue: typed?.[name], errors: errors[name] ?? undefined })
  return (
    <Form method="post" action={urls.setup(code)} className="door__form" noValidate>
      <input type="hidden" name="code" value={code} />
      <ErrorSummary errors={errors} />
      <Field {...of('shopName')} label="Store name" required maxLength={80} ask="Enter your store name." />
      <div className="field">
        <label htmlFor="currency">Currency</label>
        <p className="field__hint" id="currency-hint">
          Used for all prices. You can’t change it after your first order.
        </p>
        <select
          id="currency"
          name="currency"
          className="input"
          aria-describedby="currency-hint"
          defaultValue={typed?.currency ?? 'EUR'}
        >
          {currencies.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <Field
        {...of('locale')}
        defaultValue={typed?.locale ?? locale}
        label="Language and region"
        hint="Sets the format of prices and dates, such as en-GB, de-AT or ja."
        required
        maxLength={35}
        spellCheck={false}
      />
      <div className="field">
        <label htmlFor="timeZone">Time zone</label>
        <select
          id="timeZone"
          name="timeZone"
          className="input"
          ref={zone}
          defaultValue={typed?.timeZone ?? 'UTC'}
        >
          {timeZones.map((id) => (
            <option key={id} value={id}>
              {id.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      </div>
      <h2>Owner account</h2>
      <Field
        {...of('name')}
        label="Your name"
        autoComplete="name"
        required
        maxLength={120}
        ask="Enter your name."
      />
      <Field
        {...of('email')}
        label="Email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        hint="Used to sign in, and as your public contact email until you change it."
        ask="Enter your email address."
      />
      <Field
        name="password"
        errors={errors.password ?? undefined}
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
function useBrowserZone(typed: string | undefined) {
  const select = useRef<HTMLSelectElement>(null)
  useEffect(() => {
    if (!typed && select.current) select.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone
  }, [typed])
  return select
}
