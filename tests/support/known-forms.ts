import { type Route, routeOf } from './built-routes.ts'
import { crawl } from './crawl.ts'
import { aVisitor } from './http-shop.ts'
import { type FormField, formsOf, type PageForm } from './page-forms.ts'
import type { Persona } from './personas.ts'
import type { Answer, Visitor } from './visitor.ts'

type Guest = { cookies: Record<string, string> }

/** An address of the shop, and who came there first. */
export type KnownPage = { address: string; guest: Guest }

/** One of the shop's forms, and each page that has a copy of it. */
export type KnownForm = {
  /** Route and names of fields, without the numbers of things. */
  shape: string
  route: Route | undefined
  copies: { guest: Guest; address: string; action: string }[]
}

/** A form as it is on a page now. */
export type OpenForm = PageForm & {
  known: KnownForm
  address: string
  page: Answer
  /** Who looks at it, at a network address of their own each time, because tries are counted by address. */
  sender: () => Visitor
}

/** Walks through the shop as each of them, and finds every form once and every address that was answered. */
export async function exploreAs(personas: Persona[]): Promise<{ forms: KnownForm[]; pages: KnownPage[] }> {
  const forms = new Map<string, KnownForm>()
  const pages = new Map<string, KnownPage>()
  for (const persona of personas) {
    const guest = { cookies: Object.fromEntries((await persona.arrive()).cookies) }
    for await (const page of crawl(aVisitor(guest.cookies), persona.starts)) {
      if (!pages.has(page.address)) pages.set(page.address, { address: page.address, guest })
      for (const form of formsOf(page.answer.body, page.address)) {
        const known = forms.get(shapeOf(form)) ?? { shape: shapeOf(form), route: target(form), copies: [] }
        known.copies.push({ guest, address: page.address, action: form.action })
        forms.set(known.shape, known)
      }
    }
  }
  return { forms: [...forms.values()], pages: [...pages.values()] }
}

/** The form on the first page that still has it; null when none has. */
export async function openForm(known: KnownForm): Promise<OpenForm | null> {
  for (const { guest, address } of known.copies) {
    const sender = () => aVisitor(guest.cookies)
    const page = await sender().get(address)
    const form = formIn(page, address, known)
    if (form) return { ...form, known, address, page, sender }
  }
  return null
}

/** This form in an answer, of whatever thing. */
export function formIn({ body }: Answer, address: string, { shape }: KnownForm): PageForm | undefined {
  return formsOf(body, address).find((form) => shapeOf(form) === shape)
}

export const csrfOf = (form: PageForm) => form.fields.find(({ name }) => name === 'csrf')?.value ?? ''

const target = (form: PageForm) => routeOf(form.action, { isPost: form.method === 'post' })

function shapeOf(form: PageForm): string {
  const names = form.fields.map(({ name }) => name.replace(/\d+/g, 'n')).filter((name) => name !== 'csrf')
  return `${form.method} ${target(form)?.id} (${[...new Set(names)].join(', ')})`
}

/** Fields in which words or numbers are typed. */
export function isTyped({ type }: FormField): boolean {
  const typed = ['text', 'textarea', 'email', 'password', 'search', 'tel', 'url', 'number', 'color', 'date']
  return typed.includes(type) || type === 'datetime-local'
}

const plausible: Record<string, string> = {
  email: 'ada@example.com',
  password: 'four words in a row',
  number: '1',
  tel: '+353 1 234 5678',
  url: 'https://example.com/a',
  color: '#335577',
}

/** What a browser would send after somebody filled in what is asked for, and `changes` in their place. */
export function fillIn(form: PageForm, changes: Record<string, string> = {}): [string, string][] {
  return form.fields.flatMap((field): [string, string][] => {
    const { name, type, value, choices, isRequired } = field
    if (name in changes) return [[name, changes[name]!]]
    if (type === 'file') return []
    if (value === null && type === 'radio') return choices.slice(0, 1).map((choice) => [name, choice])
    if (value === null) return []
    if (value !== '' || !isRequired) return [[name, value]]
    if (type === 'select') return [[name, choices.find(Boolean) ?? '']]
    return [[name, plausible[type] ?? 'Words']]
  })
}

const boundary = 'form-1c9ad3f8c2f14c0f'

/** Sends the form as its page would, with files where it has a field for them. */
export function submit(
  form: OpenForm,
  fields: [string, string][],
  file: { filename: string; bytes: Uint8Array } = { filename: '', bytes: Buffer.alloc(0) },
): Promise<Answer> {
  if (!form.isMultipart) return form.sender().post(form.action, fields)
  const part = (name: string, more: string, body: string | Uint8Array) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`),
    Buffer.from(body as string),
    Buffer.from('\r\n'),
  ]
  const filename = file.filename.replace(/"/g, '%22').replace(/[\r\n]/g, ' ')
  const type = '\r\nContent-Type: application/octet-stream'
  const body = Buffer.concat([
    ...fields.flatMap(([name, value]) => part(name, '', value)),
    ...form.fields
      .filter((field) => field.type === 'file')
      .flatMap(({ name }) => part(name, `; filename="${filename}"${type}`, file.bytes)),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return form.sender().send(form.action, body, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'sec-fetch-site': 'same-origin',
  })
}
