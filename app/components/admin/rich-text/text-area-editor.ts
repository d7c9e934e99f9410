import Squire from 'squire-rte'
import { cleanHtml } from './clean-html.ts'
import { getLink, removeLink, setLink } from './links.ts'

/** What the toolbar shows about the text at the cursor. */
export type Format = Record<
  'paragraph' | 'heading' | 'subheading' | 'bold' | 'italic' | 'bullets' | 'numbers' | 'link',
  boolean
> &
  History

type History = { canUndo: boolean; canRedo: boolean }

export const isMac = /Mac OS X/.test(navigator.userAgent)
const control = isMac ? 'Meta-' : 'Ctrl-'

/**
 * An editor of the HTML in a textarea. Every change is written to the textarea as input; until there is one, and when
 * all are undone, the textarea has its own text, so that a description is never rewritten by being looked at.
 */
export class TextAreaEditor {
  readonly #squire: Squire
  readonly #textarea: HTMLTextAreaElement
  readonly #toHtml: (text: string) => string
  readonly #onFormat: (format: Format) => void
  /** The textarea's text at the last load, and the editor's HTML of it. */
  #loaded = { text: '', html: '' }
  #history: History = { canUndo: false, canRedo: false }
  #isChanged = false
  #isWriting = false
  readonly #listening = new AbortController()

  constructor(input: {
    root: HTMLElement
    textarea: HTMLTextAreaElement
    /** The HTML of the textarea's text. */
    toHtml: (text: string) => string
    onFormat: (format: Format) => void
    onLink: () => void
  }) {
    this.#textarea = input.textarea
    this.#toHtml = input.toHtml
    this.#onFormat = input.onFormat
    this.#squire = new Squire(input.root, {
      blockTag: 'P',
      addLinks: false,
      sanitizeToDOMFragment: cleanHtml,
      didError: reportError,
    })
    // Tab leaves the editor, PageUp and PageDown scroll, Ctrl+D is the browser's.
    for (const key of ['Tab', 'Shift-Tab', 'PageUp', 'PageDown', `${control}d`])
      this.#squire.setKeyHandler(key, null)
    this.#squire.setKeyHandler(`${control}k`, (_, event) => {
      event.preventDefault()
      input.onLink()
    })
    this.#squire.addEventListener('input', () => this.#write())
    this.#squire.addEventListener('undoStateChange', (event) => {
      if (event instanceof CustomEvent) this.#history = event.detail as History
      this.#report()
    })
    for (const type of ['pathChange', 'select', 'cursor'])
      this.#squire.addEventListener(type, () => this.#report())
    const { signal } = this.#listening
    this.#textarea.addEventListener('input', () => this.#isWriting || this.#load(), { signal })
    // The values are reset after the event.
    this.#textarea.form?.addEventListener('reset', () => setTimeout(() => this.#load()), { signal })
    this.#load()
  }

  /** Shows the textarea's text. */
  #load() {
    const text = this.#textarea.value
    this.#squire.setHTML(this.#toHtml(text))
    this.#loaded = { text, html: this.#html() }
    this.#history = { canUndo: false, canRedo: false }
    this.#isChanged = false
    this.#report()
  }

  destroy() {
    this.#listening.abort()
    this.#squire.destroy()
  }

  focus() {
    this.#squire.focus()
  }

  undo() {
    this.#squire.undo()
  }

  redo() {
    this.#squire.redo()
  }

  toggleBold() {
    if (this.#squire.hasFormat('b')) this.#squire.removeBold()
    else this.#squire.bold()
  }

  toggleItalic() {
    if (this.#squire.hasFormat('i')) this.#squire.removeItalic()
    else this.#squire.italic()
  }

  toggleList(tag: 'ul' | 'ol') {
    if (this.#squire.hasFormat(tag)) this.#squire.removeList()
    else if (tag === 'ul') this.#squire.makeUnorderedList()
    else this.#squire.makeOrderedList()
  }

  /** Makes paragraphs, headings and items of lists at the selection paragraphs or headings. Tables stay as they are. */
  setBlock(tag: 'p' | 'h2' | 'h3') {
    if (this.#squire.hasFormat('ul') || this.#squire.hasFormat('ol')) this.#squire.removeList()
    this.#squire.modifyBlocks((fragment) => {
      for (const block of fragment.querySelectorAll('p, h2, h3, h4, h5, h6, div, pre')) {
        if (block.querySelector('p, div, ul, ol, table, hr')) continue
        const replacement = document.createElement(tag)
        replacement.append(...block.childNodes)
        block.replaceWith(replacement)
      }
      return fragment
    })
    this.#squire.focus()
  }

  clearFormatting() {
    this.#squire.removeAllFormatting()
  }

  /** The address of the link at the cursor, if there is one, and whether a new link needs a text. */
  getLink() {
    return getLink(this.#squire)
  }

  setLink(address: string, text: string) {
    setLink(this.#squire, { address, text })
  }

  removeLink() {
    removeLink(this.#squire)
  }

  #html() {
    return (
      this.#squire
        .getHTML()
        // Squire puts a line in a block of its own. Empty blocks are not kept, as in plain text.
        .replace(/<div><hr>(<br>)?<\/div>/g, '<hr>')
        .replace(/<(p|div)>(<br>)?<\/\1>/g, '')
    )
  }

  #write() {
    const html = this.#html()
    const text = html === this.#loaded.html ? this.#loaded.text : html
    this.#isChanged = html !== this.#loaded.html
    if (text === this.#textarea.value) return
    this.#textarea.value = text
    this.#isWriting = true
    this.#textarea.dispatchEvent(new InputEvent('input', { bubbles: true }))
    this.#isWriting = false
    this.#report()
  }

  #report() {
    const has = (tag: string) => this.#squire.hasFormat(tag)
    const [heading, subheading, bullets, numbers] = [has('h2'), has('h3'), has('ul'), has('ol')]
    this.#onFormat({
      paragraph: !heading && !subheading && !bullets && !numbers && has('p'),
      ...{ heading, subheading, bullets, numbers },
      ...{ bold: has('b'), italic: has('i'), link: has('a') },
      canUndo: this.#history.canUndo && this.#isChanged,
      canRedo: this.#history.canRedo,
    })
  }
}
