/** What the "add to cart" form and the cart drawer have to agree on. */

export const addToCartKey = 'add-to-cart'

export const cartDrawerId = 'cart-drawer'

/** Opens the drawer; false where there is none, or where the cart itself is the page. */
export function openCartDrawer(): boolean {
  const drawer = document.getElementById(cartDrawerId)
  if (!(drawer instanceof HTMLDialogElement)) return false
  if (!drawer.open) drawer.showModal()
  return true
}

/** A form sent by script asks for the outcome itself instead of the next page. */
export function inlineFormData(form: HTMLFormElement, submitter: HTMLElement | null): FormData {
  const data = new FormData(form, submitter)
  data.set('respond', 'inline')
  return data
}
