import { EditForm, SaveBar } from '#app/components/admin/edit-form.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { ErrorSummary } from '#app/components/error-summary.tsx'
import { Field } from '#app/components/field.tsx'
import { type Constraint, formFields, type FormResponse, submittedOr } from '#app/components/form-fields.ts'
import type { FoundProducts, PickerProduct } from '#app/domain/promotions/find-items.server.ts'
import type { PromotionKind } from '#app/domain/promotions/promotions.ts'
import { ChoiceField } from './fields.tsx'
import { PromotionCodeField } from './promotion-code-field.tsx'
import { BenefitPanels, DatesPanel, LimitsPanel, MinimumPanel } from './promotion-fields.tsx'

export type PromotionValues = {
  title: string
  method: string
  promotionCode: string
  percent: string
  amount: string
  maxRate: string
  buyQuantity: string
  getQuantity: string
  maxSets: string
  scope: string
  collectionIds: string[]
  productIds: string[]
  getScope: string
  getCollectionIds: string[]
  getProductIds: string[]
  minimum: string
  minQuantity: string
  minSubtotal: string
  usageLimit: string
  limitPerCustomer: string
  isFirstOrderOnly: string
  isCombinable: string
  startsAt: string
  endsAt: string
  q: string
  getQ: string
}

/** The products that the form shows; an answer's replace the page's own. */
export type PickedItems = { chosen: PickerProduct[]; found: FoundProducts; getFound: FoundProducts }

export type PromotionAnswer = FormResponse & PickedItems

export type PromotionFormProps = {
  kind: PromotionKind
  action: string
  values: PromotionValues
  version?: number
  /** Of those that are stored. */
  chosen: PickerProduct[]
  collections: { id: number; title: string }[]
  currency: string
  timeZone: string
  constraint: Record<string, Constraint>
  result: PromotionAnswer | undefined
  /** The buttons. */
  children: React.ReactNode
}

/** The form that creates or changes a promotion of one kind. */
export function PromotionForm({ children, ...props }: PromotionFormProps) {
  const { values, version, action, constraint, result } = props
  const form = formFields<PromotionValues>({ id: 'promotion', answer: result, constraint, values })
  const { field } = form
  const items = result ?? { chosen: props.chosen, found: null, getFound: null }
  return (
    <EditForm method="post" action={action} answer={result} preventScrollReset>
      {/* The button of the Enter key is the form's first one. The server knows whether a search was typed. */}
      <button
        className="visually-hidden"
        name="enter"
        value="on"
        formNoValidate
        tabIndex={-1}
        aria-hidden="true"
      >
        Save
      </button>
      <CsrfField />
      {version !== undefined && (
        <input type="hidden" name="version" value={submittedOr(result, 'version', version)} />
      )}
      <ErrorSummary form={form} />
      <div className="columns">
        <div>
          <Panel>
            <div className="fields method-fields">
              <Field
                {...field('title')}
                label="Title"
                hint="Customers see it in the cart, at checkout and in their order."
                autoComplete="off"
              />
              <ChoiceField
                {...field('method')}
                label="How it is applied"
                choices={[
                  { value: 'automatic', label: 'Automatically', hint: 'To every cart that qualifies.' },
                  { value: 'code', label: 'With a code', hint: 'One code that everyone can use.' },
                  {
                    value: 'generated',
                    label: 'With generated codes',
                    hint: 'Random codes for one order each. Generate them after saving.',
                  },
                ]}
              />
              <div className="method-fields__code">
                <PromotionCodeField {...field('promotionCode')} />
              </div>
            </div>
          </Panel>
          <BenefitPanels {...props} form={form} items={items} />
        </div>
        <div>
          <DatesPanel {...props} form={form} />
          <MinimumPanel {...props} form={form} />
          <LimitsPanel form={form} />
        </div>
      </div>
      <SaveBar>{children}</SaveBar>
    </EditForm>
  )
}
