import { useRouteLoaderData } from '@remix-run/react'

/** The CSRF token field; empty without a session, where there is nothing to forge. */
export function CsrfField() {
  return <input type="hidden" name="csrf" value={useCsrfToken()} />
}

/** The token for a form that is sent by script. */
export function useCsrfToken(): string {
  return useRouteLoaderData<{ csrfToken: string }>('root')?.csrfToken ?? ''
}
