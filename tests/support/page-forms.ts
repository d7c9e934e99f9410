import { unescape } from './visitor.ts'

/** Reads the forms of a page, and what a browser would send from them. */

export type FormField = {
  name: string
  /** The type of an input; or `textarea`, `select`, `button`. */
  type: string
  /** What is sent when nothing is changed; null when nothing is (an unchecked box). */
  value: string | null
  /** The values of a select or of radio buttons. */
  choices: string[]
  isRequired: boolean
  /** Never shown again: a password, a one-time code. */
  isSecret: boolean
  /** The maximum number of characters that the browser accepts. */
  maxLength: number
}

export type PageForm = {
  method: 'get' | 'post'
  /** Where it is submitted: path and query. */
  action: string
  isMultipart: boolean
  fields: FormField[]
  html: string
}

/** All forms of a page at this URL; a button that submits the form elsewhere counts as another form. */
export function parseForms(page: string, address: string): PageForm[] {
  return [...page.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].flatMap(([, head = '', html = '']) => {
    const form = attributesOf(head)
    if (form.method === 'dialog') return []
    const linked = [...page.matchAll(/<(?:input|button)\b[^>]*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => form.id && attributesOf(tag).form === form.id)
    const inside = html + linked.join('')
    const elsewhere = tagsOf(inside, 'button').flatMap(({ formaction }) => formaction ?? [])
    return [form.action ?? address, ...elsewhere].map((action) => {
      const url = new URL(action, `http://shop${address}`)
      return {
        method: form.method?.toLowerCase() === 'post' ? ('post' as const) : ('get' as const),
        action: url.pathname + url.search,
        isMultipart: form.enctype?.toLowerCase() === 'multipart/form-data',
        fields: fieldsOf(inside),
        html,
      }
    })
  })
}

type Attributes = Record<string, string | undefined>

function fieldsOf(html: string): FormField[] {
  const fields = new Map<string, FormField>()
  const add = (field: FormField) => {
    const known = fields.get(field.name)
    if (known && (known.type === 'radio' || known.type === 'button')) {
      known.choices.push(...field.choices)
      known.value ??= field.value
    } else if (field.name && !known) fields.set(field.name, field)
  }
  const plain = (tag: Attributes) => ({
    name: tag.name ?? '',
    choices: [],
    isRequired: tag.required !== undefined,
    isSecret: tag.type === 'password' || tag.autocomplete === 'one-time-code',
    maxLength: Number(tag.maxlength ?? Infinity),
  })
  for (const tag of tagsOf(html, 'input')) {
    const { type = 'text', value = '' } = tag
    const isTickable = type === 'checkbox' || type === 'radio'
    add({
      ...plain(tag),
      type,
      value: isTickable && tag.checked === undefined ? null : value || (isTickable ? 'on' : ''),
      choices: isTickable ? [value || 'on'] : [],
    })
  }
  for (const [, head = '', text = ''] of html.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs))
    add({ ...plain(attributesOf(head)), type: 'textarea', value: unescape(text).replace(/^\n/, '') })
  for (const [, head = '', inner = ''] of html.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const options = tagsOf(inner, 'option')
    const chosen = options.find(({ selected }) => selected !== undefined) ?? options[0]
    const choices = options.map(({ value }) => value ?? '')
    add({ ...plain(attributesOf(head)), type: 'select', value: chosen?.value ?? null, choices })
  }
  for (const tag of tagsOf(html, 'button'))
    add({ ...plain(tag), type: 'button', value: null, choices: [tag.value ?? ''] })
  return [...fields.values()]
}

function tagsOf(html: string, name: string): Attributes[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'g'))].map(([, head]) => attributesOf(head!))
}

function attributesOf(head: string): Attributes {
  return Object.fromEntries(
    [...head.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value = '']) => [
      name!.toLowerCase(),
      unescape(value),
    ]),
  )
}
