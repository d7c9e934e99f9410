import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { verbatim } from '#app/domain/fields.ts'
import { controlFields } from '#tests/support/fuzz-inputs.ts'
import { isCleanText, parseFields, parseForm } from './parse-form.ts'

const schema = z.object({ name: z.string().max(20), note: z.string().optional() })

function post(body: string, headers: Record<string, string> = {}) {
  const type = 'application/x-www-form-urlencoded'
  return new Request('http://shop.test/', {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...headers },
  })
}

async function statusOf(work: Promise<unknown>) {
  return work.then(
    () => 'passed',
    (thrown: unknown) => (thrown instanceof Response ? thrown.status : thrown),
  )
}

describe('parseForm', () => {
  test('trims text and normalizes NFC and line ends', async () => {
    const submission = await parseForm(post('name=%20Zoe%CC%88%20&note=a%0D%0Ab'), schema)
    expect(submission.status === 'success' && submission.value).toEqual({ name: 'Zoë', note: 'a\nb' })
  })

  test('changes a verbatim field only to NFC', async () => {
    const marked = z.object({ name: z.string(), password: verbatim(z.string().min(1)) })
    const body = 'name=%20a%20&password=%20%20four%20words%20Zoe%CC%88%20'
    for (const form of [marked, marked.transform((input) => input)]) {
      const submission = await parseForm(post(body), form)
      expect(submission.status === 'success' && submission.value).toEqual({
        name: 'a',
        password: '  four words Zoë ',
      })
    }
  })

  test.each(['a%00b', 'a%FFb', 'a%07b', 'a%C2%85b'])(
    'refuses %s with a message and returns the submitted value',
    async (typed) => {
      const submission = await parseForm(post(`name=${typed}`), schema)
      expect(submission.status).toBe('error')
      expect(submission.reply().error?.name?.[0]).toMatch(/can’t be saved/)
      expect(submission.reply().initialValue).toHaveProperty('name')
    },
  )

  test.each([
    ['an index that would allocate millions', 'items[5000000]=x'],
    ['a path of 1500 levels', `${'a.'.repeat(90)}a=x`],
    ['a name of 201 characters', `${'n'.repeat(201)}=x`],
    ['a prototype in the path', 'a.__proto__.b=x'],
    ['a constructor in the path', 'constructor.b=x'],
    ['501 fields', Array.from({ length: 501 }, (_, index) => `f${index}=x`).join('&')],
  ])('answers 400 to %s', async (_, body) => {
    expect(await statusOf(parseForm(post(body), schema))).toBe(400)
  })

  test('answers 400 to JSON and to a broken multipart body', async () => {
    expect(await statusOf(parseForm(post('{}', { 'content-type': 'application/json' }), schema))).toBe(400)
    const broken = post('--x\r\nnonsense', { 'content-type': 'multipart/form-data; boundary=y' })
    expect(await statusOf(parseForm(broken, schema))).toBe(400)
  })

  test('returns a validation error for a repeated field', async () => {
    const submission = await parseForm(post('name=a&name=b'), schema)
    expect(submission.status).toBe('error')
  })

  test('omits the token and files from the values', () => {
    const form = new FormData()
    form.set('csrf', 'token')
    form.set('note', new File(['x'], 'x.txt'))
    form.set('name', 'a')
    expect(parseFields(form, schema).payload).toEqual({ name: 'a' })
  })

  test('refuses a text longer than any field and returns it as submitted', () => {
    const long = '\u0301\u0316'.repeat(40_000)
    const submission = parseFields([['name', long]], schema)
    expect(submission.status).toBe('error')
    expect(submission.reply().error).toEqual({ name: ['This text is too long. Please shorten it.'] })
    expect(submission.payload).toEqual({ name: long })
  })
})

describe('the reply', () => {
  const wide = z
    .object({
      name: z.string(),
      tags: z.array(z.string()).default([]),
      rows: z.array(z.object({ price: z.string().optional() })).optional(),
    })
    .transform((input) => input)
    .and(z.object({ version: z.string() }))

  const everything = (fields: [string, string][]) => {
    const submission = parseFields(fields, wide)
    return { submission, sentBack: JSON.stringify([submission.payload, submission.reply()]) }
  }
  const good: [string, string][] = [
    ['name', 'Ada'],
    ['version', '1'],
  ]

  test('contains strings of the schema’s fields, nested ones included', () => {
    const { submission } = everything([...good, ['tags', 'a'], ['tags', 'b'], ['rows[1].price', '5']])
    expect(submission.payload).toEqual({
      name: 'Ada',
      version: '1',
      tags: ['a', 'b'],
      rows: [undefined, { price: '5' }],
    })
  })

  test.each(['zz', 'name.zz', 'name[0]', 'rows', 'rows[0]', 'rows[0].zz', 'rows[0].price[0]', 'toString'])(
    'omits %s, which is not a field',
    (name) => {
      const { submission, sentBack } = everything([...good, [name, 'weapon']])
      expect(submission.status).toBe('success')
      expect(sentBack).not.toContain('weapon')
    },
  )

  test.each(controlFields)('omits %s, which has no effect', (_, name, value) => {
    const plain = everything(good)
    const { submission, sentBack } = everything([[name, value], ...good, [name, value]])
    expect(submission.status).toBe('success')
    expect(sentBack).toBe(plain.sentBack)
  })

  test.each(['password', 'current', 'code'])('omits a %s', (name) => {
    const secretSchema = z.object({ [name]: z.string(), email: z.email() })
    const refused = parseFields(Object.entries({ [name]: 'four words', email: 'nobody' }), secretSchema)
    expect(JSON.stringify([refused.payload, refused.reply()])).not.toContain('four words')
    const accepted = parseFields(
      Object.entries({ [name]: 'four words', email: 'ada@example.com' }),
      secretSchema,
    )
    expect(accepted.status === 'success' && accepted.value).toHaveProperty(name, 'four words')
    expect(JSON.stringify(accepted.reply({ formErrors: ['No.'] }))).not.toContain('four words')
  })
})

test('isCleanText accepts emoji, right-to-left text and combining marks', () => {
  expect(['👩‍👩‍👧', 'שלום', 'Z͑ͫ̓', '﷽', 'İı ß 漢字', 'a\tb\nc'].every(isCleanText)).toBe(true)
  expect(isCleanText('\ud800')).toBe(false)
})
