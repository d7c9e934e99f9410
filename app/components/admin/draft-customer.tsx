import { Field } from '#app/components/field.tsx'
import { Panel } from './panel.tsx'
import type { DraftFields } from './draft-form.tsx'

/** Email and phone, and a search that fills in the details of a known customer. */
export function DraftCustomer({ form }: { form: DraftFields }) {
  const customers = form.answer?.customers
  return (
    <Panel title="Customer">
      <div className="fields">
        <div className="draft__customer">
          <Field
            {...form.field('email')}
            label="Email"
            isOptional
            inputMode="email"
            autoComplete="off"
            maxLength={254}
          />
          <button className="button" name="findCustomer" value="on" formNoValidate>
            Find customer
          </button>
          <p className="soft small">Part of an email or a name is enough to find who ordered before.</p>
        </div>
        {customers && (
          <div role="status">
            {customers.length === 0 ? (
              <p className="soft small">No known customer matches. Enter their email address.</p>
            ) : (
              <ul role="list" className="draft__found">
                {customers.map(({ email, name }) => (
                  <li key={email}>
                    <button className="button" name="pickCustomer" value={email} formNoValidate>
                      <span dir="auto">{name}</span>
                      <span className="soft small">{email}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
        <Field
          {...form.field('phone')}
          label="Phone"
          isOptional
          type="tel"
          autoComplete="off"
          maxLength={40}
        />
      </div>
    </Panel>
  )
}
