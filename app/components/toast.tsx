import { useFetcher } from '@remix-run/react'
import { urls } from '#app/urls.ts'
import { inlineFormData } from './cart-fetcher.ts'
import { CsrfField } from './csrf-field.tsx'

export type ToastMessage = {
  kind: 'success' | 'info' | 'error'
  text: string
  undo?: { variantId: number; quantity: number }
}

/** Always in the page, so that screen readers announce a new message; the focus does not move. */
export function ToastRegion({
  toast,
  place = 'page',
}: {
  toast: ToastMessage | null
  /** An open drawer covers the page and its messages, so it has a live region of its own. */
  place?: 'page' | 'drawer'
}) {
  return (
    <div className={`toasts toasts--${place}`} role="status">
      {toast && (
        <div className={`toast toast--${toast.kind}`}>
          <span className="toast__mark" aria-hidden="true" />
          <p dir="auto">{toast.text}</p>
          {toast.undo && <Undo undo={toast.undo} />}
        </div>
      )}
    </div>
  )
}

function Undo({ undo }: { undo: { variantId: number; quantity: number } }) {
  const fetcher = useFetcher()
  return (
    <fetcher.Form
      method="post"
      action={urls.cartLines()}
      onSubmit={(event) => {
        event.preventDefault()
        const data = inlineFormData(event.currentTarget, null)
        fetcher.submit(data, { method: 'post', action: urls.cartLines() })
      }}
    >
      <CsrfField />
      <input type="hidden" name="variantId" value={undo.variantId} />
      <input type="hidden" name="quantity" value={undo.quantity} />
      <button className="link-button" aria-busy={fetcher.state !== 'idle'}>
        Undo
      </button>
    </fetcher.Form>
  )
}
