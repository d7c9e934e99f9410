import { Form } from '@remix-run/react'
import { urls } from '#app/urls.ts'
import { CsrfField } from './csrf-field.tsx'

export type ToastMessage = {
  kind: 'success' | 'info' | 'error'
  text: string
  undo?: { variantId: number; quantity: number }
}

/** Always in the page, so that a message that appears in it is read out; the focus stays where it is. */
export function ToastRegion({ toast }: { toast: ToastMessage | null }) {
  return (
    <div className="toasts" role="status" id="message">
      {toast && (
        <div className={`toast toast--${toast.kind}`}>
          <span className="toast__mark" aria-hidden="true" />
          <p dir="auto">{toast.text}</p>
          {toast.undo && (
            <Form method="post" action={urls.cartLines()}>
              <CsrfField />
              <input type="hidden" name="variantId" value={toast.undo.variantId} />
              <input type="hidden" name="quantity" value={toast.undo.quantity} />
              <button className="link-button">Undo</button>
            </Form>
          )}
        </div>
      )}
    </div>
  )
}
