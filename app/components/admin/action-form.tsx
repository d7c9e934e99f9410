import { Form, useNavigation } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'

/** A form that is a single button. */
export function ActionForm({
  to,
  look = 'button',
  children,
}: {
  to: string
  look?: string
  children: React.ReactNode
}) {
  const { formAction } = useNavigation()
  return (
    <Form method="post" action={to}>
      <CsrfField />
      <button className={look} type="submit" disabled={formAction === to}>
        {children}
      </button>
    </Form>
  )
}
