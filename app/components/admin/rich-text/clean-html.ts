import {
  allowedAttributes,
  allowedTags,
  isAllowedAddress,
  renamedTags,
} from '#app/domain/products/description-html.ts'

/** Removed with what is inside; of all other elements that are not allowed the text stays. */
const removed = new Set(['script', 'style', 'textarea', 'option', 'xmp', 'title', 'template', 'noscript'])

/** Without its element, the text of one would run into the text of the next. */
const blocks = new Set(['section', 'article', 'main', 'header', 'footer', 'aside', 'center', 'address'])

/**
 * The part of the HTML that a description may hold, as new elements of this page. The server sanitizes again on every
 * save; this one keeps pasted HTML from running here, and shows what will be stored.
 */
export function cleanHtml(html: string): DocumentFragment {
  // Nothing in a template runs or loads.
  const template = document.createElement('template')
  template.innerHTML = html
  const clean = document.createDocumentFragment()
  copyChildren(template.content, clean)
  return clean
}

function copyChildren(from: ParentNode, to: Node) {
  for (const node of from.childNodes) {
    if (node instanceof Text) to.appendChild(document.createTextNode(textOf(node)))
    else if (node instanceof Element && !removed.has(node.localName))
      copyChildren(
        node,
        elementsFor(node).reduce((parent, name) => appendTo(parent, name, node), to),
      )
  }
}

/** The editor shows all spaces and line ends of a text, so that a typed space does not become a no-break space. */
function textOf(node: Text) {
  return node.parentElement?.closest('pre') ? node.data : node.data.replace(/[ \t\r\n\f]+/g, ' ')
}

/** The names of the elements that stand for this one, from outside to inside. */
function elementsFor(node: Element): string[] {
  const name = renamedTags[node.localName] ?? node.localName
  const { fontWeight = '', fontStyle = '' } = node instanceof HTMLElement ? node.style : {}
  // Google Docs writes bold text as a span with a style, all of it inside a <b> with the weight "normal".
  if (name === 'span')
    return [...(/^(bold|[6-9]00)$/.test(fontWeight) ? ['b'] : []), ...(fontStyle === 'italic' ? ['i'] : [])]
  if (name === 'b' && fontWeight === 'normal') return []
  if (blocks.has(name)) return ['div']
  return allowedTags.includes(name) ? [name] : []
}

function appendTo(parent: Node, name: string, from: Element): Node {
  const element = document.createElement(name)
  for (const attribute of allowedAttributes[name] ?? []) {
    const value = from.getAttribute(attribute)
    if (value !== null && (attribute !== 'href' || isAllowedAddress(value)))
      element.setAttribute(attribute, value)
  }
  return parent.appendChild(element)
}
