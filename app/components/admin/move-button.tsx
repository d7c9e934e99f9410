import { Form } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { Icon } from './icons.tsx'

/** Moves a row of an ordered list to a position (1 is first). */
export function MoveButton({
  to,
  position,
  disabled,
  label,
  icon,
}: {
  to: string
  position: number
  disabled: boolean
  label: string
  icon: 'up' | 'down'
}) {
  return (
    <Form method="post" action={to} preventScrollReset>
      <CsrfField />
      <input type="hidden" name="position" value={Math.max(1, position)} />
      <button className="button button--small" type="submit" disabled={disabled} aria-label={label}>
        <Icon name={icon} />
      </button>
    </Form>
  )
}
