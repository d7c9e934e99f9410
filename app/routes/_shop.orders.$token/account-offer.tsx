import { Form } from '@remix-run/react'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'

/**
 * Offers an account after the order, without getting in its way: the address is known already, so one click is enough.
 */
export function AccountOffer({ email }: { email: string }) {
  return (
    <Form method="post" action={urls.signUp()} className="no-print receipt__offer">
      <CsrfField />
      <input type="hidden" name="email" value={email} />
      <p>Create an account to track your orders.</p>
      <button className="link-button">Create an account with {email}</button>
    </Form>
  )
}
