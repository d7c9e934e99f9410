import type Squire from 'squire-rte'

/** The address of the link at the cursor, if there is one, and whether a new link needs a text. */
export function getLink(squire: Squire): { address: string; needsText: boolean } {
  const link = linkAtCursor(squire)
  return {
    address: link?.getAttribute('href') ?? '',
    needsText: !link && squire.getSelection().collapsed,
  }
}

/** Changes the link at the cursor, or links the selected text; without both, inserts `text` as a link. */
export function setLink(squire: Squire, { address, text }: { address: string; text: string }) {
  const link = linkAtCursor(squire)
  squire.focus()
  if (link) {
    squire.saveUndoState()
    link.setAttribute('href', address)
  } else if (squire.getSelection().collapsed) {
    squire.saveUndoState()
    const added = document.createElement('a')
    added.setAttribute('href', address)
    added.textContent = text || address
    squire.insertElement(added)
  } else squire.makeLink(address)
}

/** Removes the link at the cursor as a whole, and those in the selection. */
export function removeLink(squire: Squire) {
  const link = linkAtCursor(squire)
  squire.focus()
  if (link) {
    const range = document.createRange()
    range.selectNodeContents(link)
    squire.setSelection(range)
  }
  squire.removeLink()
}

function linkAtCursor(squire: Squire) {
  const { startContainer } = squire.getSelection()
  const element = startContainer instanceof Element ? startContainer : startContainer.parentElement
  return element?.closest('a') ?? null
}
