/** What the "add to cart" form and the cart drawer share. */

export const addToCartKey = 'add-to-cart'

export const cartDrawerId = 'cart-drawer'

/** Opens the drawer; false where there is none, or where the page itself is the cart. */
export function openCartDrawer(): boolean {
  const drawer = document.getElementById(cartDrawerId)
  if (!(drawer instanceof HTMLDialogElement)) return false
  if (!drawer.open) drawer.showModal()
  return true
}

/** Forms sent by script ask for the result instead of a redirect. */
export function inlineFormData(form: HTMLFormElement, submitter: HTMLElement | null): FormData {
  const data = new FormData(form, submitter)
  data.set('respond', 'inline')
  return data
}
