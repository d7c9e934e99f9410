import { type Route, findRoute } from './built-routes.ts'
import { crawl, type Page } from './crawl.ts'
import { newVisitor } from './http-shop.ts'
import { type FormField, parseForms, type PageForm } from './page-forms.ts'
import type { Persona } from './personas.ts'
import type { Answer, Visitor } from './visitor.ts'

type Guest = { cookies: Record<string, string> }

/** A URL of the shop, and the persona who found it first. */
export type KnownPage = { address: string; guest: Guest }

/** One of the shop's forms, and each page that contains it. */
export type KnownForm = {
  /** Route and field names, without ids. */
  shape: string
  route: Route | undefined
  copies: { guest: Guest; address: string; action: string }[]
}

/** A form on a page as it is now. */
export type OpenForm = PageForm & {
  known: KnownForm
  address: string
  page: Answer
  /** The persona's visitor, at a new network address each time, because attempts are counted by address. */
  sender: () => Visitor
}

/** Crawls the shop as each persona, and finds every form once and every URL that responded, which `see` gets first. */
export async function exploreAs(
  personas: Persona[],
  see: (page: Page) => Promise<void> | void = () => {},
): Promise<{ forms: KnownForm[]; pages: KnownPage[] }> {
  const forms = new Map<string, KnownForm>()
  const pages = new Map<string, KnownPage>()
  for (const persona of personas) {
    const guest = { cookies: Object.fromEntries((await persona.createVisitor()).cookies) }
    for await (const page of crawl(newVisitor(guest.cookies), persona.starts)) {
      if (!pages.has(page.address)) {
        pages.set(page.address, { address: page.address, guest })
        await see(page)
      }
      for (const form of parseForms(page.answer.body, page.address)) {
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
    const sender = () => newVisitor(guest.cookies)
    const page = await sender().get(address)
    const form = formIn(page, address, known)
    if (form) return { ...form, known, address, page, sender }
  }
  return null
}

/** This form in a response, whatever ids it has. */
export function formIn({ body }: Answer, address: string, { shape }: KnownForm): PageForm | undefined {
  return parseForms(body, address).find((form) => shapeOf(form) === shape)
}

export const csrfOf = (form: PageForm) => form.fields.find(({ name }) => name === 'csrf')?.value ?? ''

const target = (form: PageForm) => findRoute(form.action, { isPost: form.method === 'post' })

function shapeOf(form: PageForm): string {
  const names = form.fields.map(({ name }) => name.replace(/\d+/g, 'n')).filter((name) => name !== 'csrf')
  return `${form.method} ${target(form)?.id} (${[...new Set(names)].join(', ')})`
}

/** Fields in which text or numbers are typed. */
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

/** What a browser would send after the required fields were filled in, with `changes` in their place. */
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

/** Submits the form like its page, with files where it has a field for them. */
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
