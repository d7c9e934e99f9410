import { type Permission, permissionLabels } from '#app/domain/access/access.ts'
import { ChoiceField } from './fields.tsx'
import { FieldError } from '#app/components/field.tsx'
import type { formFields } from '#app/components/form-fields.ts'

export type StaffAccessValues = { role: string; permissions: string[] }

const permissionHints = {
  orders: 'Orders, payments, fulfillment, and the emails about them.',
  catalog: 'Products, inventory, images, collections and imports.',
  reviews: 'Product reviews.',
  promotions: 'Promo codes and discounts.',
  customers: 'Customer accounts, addresses and orders.',
  settings: 'Store name, shipping, payments.',
  staff: 'Staff invitations, permissions and the activity log.',
} satisfies Record<Permission, string>

/** Role and permissions. Permissions that the current user does not have are shown, but disabled. */
export function StaffAccessFields({
  form: { field, list },
  grantable,
  canMakeAdmins,
}: {
  form: Pick<ReturnType<typeof formFields<StaffAccessValues>>, 'field' | 'list'>
  grantable: Permission[]
  canMakeAdmins: boolean
}) {
  const selected = list('permissions')
  const { id, name, errors } = field('permissions')
  return (
    <>
      {canMakeAdmins ? (
        <ChoiceField
          {...field('role')}
          label="Role"
          choices={[
            { value: 'staff', label: 'Staff', hint: 'Has the permissions selected below.' },
            { value: 'admin', label: 'Admin', hint: 'Has all permissions, including future ones.' },
          ]}
        />
      ) : (
        <input type="hidden" name="role" value="staff" />
      )}
      <fieldset className="field" id={id}>
        <legend>{canMakeAdmins ? 'Staff permissions' : 'Permissions'}</legend>
        {(Object.keys(permissionLabels) as Permission[]).map((permission) => (
          <label className="check" key={permission}>
            <input
              type="checkbox"
              name={name}
              value={permission}
              defaultChecked={selected.includes(permission)}
              disabled={!grantable.includes(permission)}
            />
            <span className="check__text">
              {permissionLabels[permission]}
              <span className="check__hint">
                {grantable.includes(permission)
                  ? permissionHints[permission]
                  : 'You can only grant your own permissions.'}
              </span>
            </span>
          </label>
        ))}
        {errors && <FieldError id={id} error={errors[0]!} />}
      </fieldset>
    </>
  )
}
