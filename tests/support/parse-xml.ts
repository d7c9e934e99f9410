/** An element of an XML document, with its namespace. */
export type Element = {
  name: string
  namespace: string
  text: string
  children: Element[]
}

/**
 * Parses XML 1.0 as strictly as our files need: one root, balanced tags, declared prefixes, quoted attributes, only
 * escapes and characters that are allowed. Throws otherwise.
 */
export function parseXml(document: string): Element {
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
  if (body === document) throw new Error('No XML declaration')
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  if (!document.isWellFormed() || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(document))
    throw new Error('A character that XML does not allow')
  const open: { element: Element; tag: string; prefixes: Map<string, string> }[] = []
  let root: Element | undefined
  for (const [token] of body.matchAll(/<[^>]*>|[^<]+/g)) {
    const parent = open.at(-1)
    if (!token.startsWith('<')) addText(token, parent?.element)
    else if (token.startsWith('</')) {
      if (open.pop()?.tag !== token.slice(2, -1)) throw new Error(`Unexpected ${token}`)
    } else {
      if (root && !parent) throw new Error('A second root')
      const { tag, prefixes } = readTag(token, parent?.prefixes ?? new Map())
      const [prefix, name] = tag.includes(':') ? (tag.split(':') as [string, string]) : ['', tag]
      const namespace = prefixes.get(prefix) ?? ''
      if (prefix !== '' && namespace === '') throw new Error(`Prefix ${prefix} is not declared`)
      const element = { name, namespace, text: '', children: [] }
      parent?.element.children.push(element)
      root ??= element
      open.push({ element, tag, prefixes })
    }
  }
  if (!root || open.length > 0) throw new Error('The document is cut off')
  return root
}

function addText(token: string, element: Element | undefined) {
  if (/[>]/.test(token)) throw new Error(`Not escaped: ${token}`)
  const text = token.replace(/&([^;]*;)?/g, (escape, inner: string | undefined) => {
    const code = /^#(\d+);$/.exec(inner ?? '')?.[1]
    if (!code) throw new Error(`Not an escape: ${escape}`)
    return String.fromCodePoint(Number(code))
  })
  if (element) element.text += text
  else if (text.trim() !== '') throw new Error('Text outside the root')
}

function readTag(token: string, inherited: Map<string, string>) {
  const match = /^<([a-z][\w:-]*)((?:\s+[a-z][\w:.-]*="[^"<&]*")*)>$/i.exec(token)
  if (!match) throw new Error(`Not a tag: ${token}`)
  const prefixes = new Map(inherited)
  for (const [, name, value] of match[2]!.matchAll(/([\w:.-]+)="([^"]*)"/g))
    if (name === 'xmlns' || name!.startsWith('xmlns:')) prefixes.set(name!.slice('xmlns:'.length), value!)
  return { tag: match[1]!, prefixes }
}

/** The text of the element's only child of this name; undefined when it has none. */
export function textOf(element: Element, name: string): string | undefined {
  const found = element.children.filter((child) => child.name === name)
  if (found.length > 1) throw new Error(`${found.length} elements ${name}`)
  return found[0]?.text
}
