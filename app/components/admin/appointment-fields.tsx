import { type Area, areaText } from '#app/domain/accounts/access.ts'
import { ChoiceField, FieldError } from './fields.tsx'
import type { AnyField } from './form.tsx'

export type AppointmentValues = { role: string; areas: string[] }

const areaHints = {
  orders: 'Orders, payments, fulfilment, and the mails about them.',
  catalogue: 'Products, stock, pictures, collections and imports.',
  reviews: 'What shoppers write about products.',
  promotions: 'Promo codes and discounts.',
  customers: 'Customers’ accounts, addresses and orders.',
  settings: 'How the shop is called, delivers and is paid.',
  staff: 'Inviting and changing colleagues, and the activity log.',
} satisfies Record<Area, string>

/** Role and areas; areas that are not the appointing person's own are shown and cannot be given. */
export function AppointmentFields({
  fields,
  grantable,
  canMakeAdmins,
}: {
  fields: { role: AnyField; areas: AnyField }
  grantable: Area[]
  canMakeAdmins: boolean
}) {
  const chosen = [fields.areas.initialValue].flat() as (string | undefined)[]
  return (
    <>
      {canMakeAdmins ? (
        <ChoiceField
          field={fields.role}
          label="Role"
          choices={[
            { value: 'staff', label: 'Staff', hint: 'May use the areas that are ticked below.' },
            { value: 'admin', label: 'Admin', hint: 'May use every area, also future ones.' },
          ]}
        />
      ) : (
        <input type="hidden" name={fields.role.name} value="staff" />
      )}
      <fieldset className="field" id={fields.areas.id}>
        <legend>{canMakeAdmins ? 'Areas of staff' : 'Areas'}</legend>
        {(Object.keys(areaText) as Area[]).map((area) => (
          <label className="check" key={area}>
            <input
              type="checkbox"
              name={fields.areas.name}
              value={area}
              defaultChecked={chosen.includes(area)}
              disabled={!grantable.includes(area)}
            />
            <span className="check__text">
              {areaText[area]}
              <span className="check__hint">
                {grantable.includes(area) ? areaHints[area] : 'Not open to you, so not yours to give.'}
              </span>
            </span>
          </label>
        ))}
        <FieldError field={fields.areas} />
      </fieldset>
    </>
  )
}
