import { AddressFields } from '#app/components/address-fields.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { type FieldProps, formFields, submittedOr } from '#app/components/form-fields.ts'
import { useMoney } from '#app/components/shop.ts'
import { DraftCustomer } from './draft-customer.tsx'
import { DraftTotal } from './draft-total.tsx'
import { type DraftAnswer, type DraftValues, noticeText } from './draft-values.ts'
import { EditForm, SaveBar } from './edit-form.tsx'
import { TextArea } from './fields.tsx'
import { Panel } from './panel.tsx'
import { typedVariants } from './typed-variants.ts'
import { VariantSearch } from './variant-search.tsx'

export type DraftFields = {
  answer: DraftAnswer | undefined
  idOf: (name: string) => string
  field: (name: string) => FieldProps
}

/** The form of a draft order: items, customer, address, shipping, codes, texts, and the total that follows. */
export function DraftForm({
  page,
  answer,
  back,
}: {
  page: DraftValues
  answer: DraftAnswer | undefined
  /** Leaves the form. */
  back: React.ReactNode
}) {
  const { values } = page
  const form: DraftFields = {
    ...formFields<Record<string, unknown>>({ answer, values }),
    answer,
  }
  const quote = answer ? answer.quote : page.quote
  return (
    // Another key shows the details of a customer who was filled in.
    <EditForm method="post" answer={answer} key={answer?.picked}>
      <CsrfField />
      {/* The first button of a form is the one that Enter presses. */}
      <button className="visually-hidden" name="update" value="on" tabIndex={-1} aria-hidden="true">
        Update total
      </button>
      <input type="hidden" name="version" value={submittedOr(answer, 'version', page.version)} />
      <ErrorSummary form={form} />
      <div className="columns">
        <div>
          <Items page={page} form={form} />
          <DraftCustomer form={form} />
          <Panel title="Shipping address">
            <p className="soft small draft__hint">
              The customer can complete or correct the address before they place the order.
            </p>
            <div className="fields">
              <AddressFields
                answer={answer}
                initial={values}
                countries={page.countries}
                form={answer?.addressForm ?? page.addressForm}
                mayBeEmpty
              />
              {quote?.asksForVatNumber && (
                <Field {...form.field('vatNumber')} label="VAT number" isOptional maxLength={20} />
              )}
            </div>
          </Panel>
        </div>
        <div>
          <DraftTotal form={form} quote={quote} />
          <Panel title="Notes">
            <div className="fields">
              <TextArea
                {...form.field('message')}
                label="Message to the customer"
                isOptional
                maxLength={2000}
                rows={3}
              />
              <TextArea
                {...form.field('internalNote')}
                label="Internal note"
                isOptional
                hint="Shown to staff only."
                maxLength={2000}
                rows={3}
              />
            </div>
          </Panel>
        </div>
      </div>
      <SaveBar>
        <button className="button button--primary" type="submit">
          Save draft
        </button>
        <button className="button" name="next" value="order">
          Save and create order
        </button>
        {back}
      </SaveBar>
    </EditForm>
  )
}

function Items({ page, form }: { page: DraftValues; form: DraftFields }) {
  const money = useMoney()
  const { answer } = form
  const quote = answer ? answer.quote : page.quote
  return (
    <VariantSearch
      {...{ title: 'Items', name: 'lines', form, answer }}
      rows={answer?.found ?? page.rows}
      typed={answer ? typedVariants(answer.typed.lines) : page.typed}
      labelOf={({ title, variantTitle }) => `Quantity of ${[title, variantTitle].filter(Boolean).join(', ')}`}
      warningOf={({ variantId }) => {
        const line = quote?.notices.find((one) => one.variantId === variantId)
        return line?.notices.map((notice) => noticeText(notice, money)).join('. ')
      }}
    />
  )
}
