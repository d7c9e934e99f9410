import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { cleanText, isCleanText } from '#app/http/parse-form.ts'
import { db } from '#db/client.ts'
import { routeOf, routes } from '#tests/support/built-routes.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { furnishShop } from '#tests/support/furnished-shop.ts'
import {
  type Body,
  brokenBodies,
  controlFields,
  files,
  innards,
  isReflected,
  marks,
  names,
  numbers,
  oddities,
  queries,
  texts,
} from '#tests/support/hostile.ts'
import { aVisitor, theMetrics, theShop, useRunningShop } from '#tests/support/http-shop.ts'
import {
  csrfOf,
  exploreAs,
  fillIn,
  formIn,
  isTyped,
  type KnownForm,
  type KnownPage,
  openForm,
  type OpenForm,
  submit,
} from '#tests/support/known-forms.ts'
import { keepShop, restoreShop } from '#tests/support/kept-shop.ts'
import { watchMachine } from '#tests/support/machine-pauses.ts'
import { askForLinksByMail, personasOf } from '#tests/support/personas.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { startTill } from '#tests/support/till.ts'
import type { Answer, Visitor } from '#tests/support/visitor.ts'

/**
 * Everything hostile at every form and every address. Nobody lists them: they are found by walking through the
 * running shop as each persona, so a page that is new tomorrow is tried tomorrow.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })
// Without jobs, so that nothing but what is sent changes the shop; the jobs are done at the end.
useRunningShop({ ROLE: 'web' })

/** Actions that no page of this shop shows a form for, and why. They get the broken bodies all the same. */
const formless: Record<string, string> = {
  '/setup': 'the shop is claimed already; first-sale.spec.ts claims one',
  '/*': 'answers for addresses that are not there',
  '/admin/orders/:orderId/watching': 'sent by script alone, while a tab is open',
  '/admin/orders/:orderId/watching/deletion': 'sent by script alone, when a tab closes',
}

let forms: KnownForm[]
let pages: KnownPage[]
let slowAnswers: Promise<string[]>

const machine = watchMachine()
afterAll(() => machine.stop())

beforeAll(async () => {
  const shop = await furnishShop()
  await askForLinksByMail(shop)
  await doJobs(isIdle)
  ;({ forms, pages } = await exploreAs(await personasOf(shop)))
  slowAnswers = sendSlowly()
  await keepShop()
})

beforeEach(restoreShop)

afterEach(async () => {
  expect(await aVisitor().get('/healthz')).toMatchObject({ status: 200, body: 'ok\n' })
})

const postForms = () => forms.filter(({ shape }) => shape.startsWith('post '))

function faultsOf({ status, body }: Pick<Answer, 'status' | 'body'>): string[] {
  return [
    ...(status >= 500 || Number.isNaN(status) ? [`answered ${status}`] : []),
    ...(innards.test(body) ? ['shows how the shop is made'] : []),
    ...(isReflected(body) ? ['shows text as markup'] : []),
  ]
}

/** Refused on the form's own page: in words, and with all that was typed still there. */
function faultsOfRefusal(answer: Answer, form: OpenForm, sent: [string, string][]): string[] {
  const again = formIn(answer, form.action, form.known)
  if (answer.status < 400 || !again) return []
  const lost = sent.filter(([name, text]) => {
    const field = again.fields.find((field) => field.name === name)
    const clean = cleanText(text)
    const isKept = field && isTyped(field) && !field.isSecret && clean !== null && isCleanText(clean)
    return isKept && text.length <= field.maxLength && field.value !== clean
  })
  return [
    ...(answer.body.includes('role="alert"') ? [] : ['refuses without a word']),
    ...lost.map(([name]) => `loses what was typed into ${name}`),
  ]
}

/** The longest time since the last question in which the server did nothing else, in milliseconds. */
async function longestStall(): Promise<number> {
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(await theMetrics())![1]) * 1000
}

/**
 * The faults of a batch; a stall of more than 100 ms is one of them. On a machine with other work any batch can
 * meet a pause that is not its own: what an idle thread had to wait meanwhile is taken off, and only a batch that
 * stalls the shop each of three times is at fault.
 */
async function withoutStalls(batch: () => Promise<string[]>): Promise<string[]> {
  const stalls: number[] = []
  while (stalls.length < 3) {
    await Promise.all([longestStall(), machine.longest()])
    const faults = await batch()
    if (faults.length > 0) return faults
    const [stall, pause] = await Promise.all([longestStall(), machine.longest()])
    if (stall - pause <= 100) return []
    stalls.push(Math.round(stall - pause))
  }
  return [`stalled for ${stalls.join(', ')} ms`]
}

type Try = { what: string; send: (form: OpenForm) => Promise<{ answer: Answer; faults: string[] }> }

/**
 * Sends all of these from the form's page, which is opened again when one was accepted. Where that ended the thing
 * or the session that the form was about, the whole shop is put back as it was: nothing needs to come last.
 */
async function tryAll(known: KnownForm, triesOf: (form: OpenForm) => Try[]): Promise<string[]> {
  const faults: string[] = []
  const note = (what: string, found: string[]) =>
    faults.push(...found.map((fault) => `${known.route?.path}, ${what}: ${fault}`))
  const open = async () => {
    let form = await openForm(known)
    if (!form) {
      await restoreShop()
      form = await openForm(known)
    }
    if (!form) throw new Error(`${known.shape}: no page has it any more`)
    return form
  }
  let form = await open()
  for (const { what, send } of triesOf(form)) {
    const { answer, faults: found } = await send(form)
    note(what, [...faultsOf(answer), ...found])
    if (answer.status >= 400 && answer.status !== 404) continue
    form = await open()
    note(`${what}, the page after it`, faultsOf(form.page))
  }
  return faults
}

async function tryForms(some: KnownForm[], triesOf: (form: OpenForm) => Try[]): Promise<string[]> {
  const faults: string[] = []
  for (const known of some) faults.push(...(await withoutStalls(() => tryAll(known, triesOf))))
  return faults
}

const sendFields = async (form: OpenForm, fields: [string, string][]) => {
  const answer = await submit(form, fields)
  return { answer, faults: faultsOfRefusal(answer, form, fields) }
}

/** One text in these fields, the rest filled in as it should be. */
const aTry = (what: string, namesOfFields: string[], text: string): Try => ({
  what,
  send: (form) =>
    sendFields(form, fillIn(form, Object.fromEntries(namesOfFields.map((name) => [name, text])))),
})

const typedIn = (form: OpenForm) => form.fields.filter(isTyped).map(({ name }) => name)

test('every route with an action is reached by a form, or it says here why not', () => {
  const reached = new Set(postForms().map(({ route }) => route?.path))
  const actions = routes.filter(({ hasAction }) => hasAction).map(({ path }) => path)
  expect(actions.length).toBeGreaterThan(35)
  expect(actions.filter((path) => !reached.has(path)).toSorted()).toEqual(Object.keys(formless).toSorted())
  expect(postForms().filter(({ route }) => !route?.hasAction)).toEqual([])
})

test('a body that is broken is refused, or taken for a form with little in it', async () => {
  const faults = await tryForms(postForms(), (form) =>
    brokenBodies(csrfOf(form)).flatMap((body) => [
      { what: body.what, send: (form) => sendBody(form.sender(), form.action, body) },
      // What is no form at all is found out before the address matters, and a mere button has nothing to break.
      ...(body.status || typedIn(form).length === 0
        ? []
        : [
            { what: body.what, send: (form: OpenForm) => sendBody(form.sender(), dataOf(form.action), body) },
          ]),
    ]),
  )
  for (const path of Object.keys(formless))
    for (const body of brokenBodies('')) {
      const { answer } = await sendBody(aVisitor(), path.replace('*', 'nowhere'), body)
      faults.push(...faultsOf(answer).map((fault) => `${path}, ${body.what}: ${fault}`))
    }
  expect(faults).toEqual([])
})

async function sendBody(sender: Visitor, address: string, { type, body, headers, status }: Body) {
  const answer = await sender.send(address, body, {
    'sec-fetch-site': 'same-origin',
    ...(type ? { 'content-type': type } : {}),
    ...headers,
  })
  return { answer, faults: status && status !== answer.status ? [`answered ${answer.status}`] : [] }
}

test('a field whose name is a weapon is 400', async () => {
  const faults = await tryForms(postForms(), () =>
    names.map(([what, name]) => ({
      what,
      send: async (form) => {
        const answer = await submit(form, [...fillIn(form), [name, 'x']])
        return { answer, faults: answer.status === 400 ? [] : [`answered ${answer.status}`] }
      },
    })),
  )
  expect(faults).toEqual([])
})

test('a field that would steer the parser changes nothing, by either address, and makes no answer larger', async () => {
  // Both names at every form; hostile-requests.test.ts tries all of their values at one.
  const hugest = controlFields.filter(([what]) => what.endsWith('with a huge index'))
  expect(hugest.map(([, name]) => name)).toEqual(['__intent__', '__state__'])
  const faults = await tryForms(postForms(), () =>
    hugest.flatMap(([what, name, value]) =>
      [(action: string) => action, dataOf].map((addressOf) => ({
        what: `${what}, ${addressOf === dataOf ? 'as data' : 'as a page'}`,
        send: async (form: OpenForm) => {
          // Only what is refused comes back, so nothing is filled in.
          const fields: [string, string][] = [
            ['csrf', csrfOf(form)],
            [name, value],
          ]
          const answer = await submit({ ...form, action: addressOf(form.action) }, fields)
          return { answer, faults: faultsOfSize(answer, form) }
        },
      })),
    ),
  )
  expect(faults).toEqual([])
})

/** The same page with its errors: in words, and once more in its data. */
function faultsOfSize({ body }: Answer, form: OpenForm): string[] {
  return body.length <= 2 * form.page.body.length ? [] : [`answers ${body.length} characters`]
}

test('a body that is too large is 413, one of very many fields 400', async () => {
  const faults = await tryForms(postForms(), (form) => [
    {
      what: 'announced as too large',
      send: () => sendRaw(form, { more: `Content-Length: ${2 ** 30}` }, 413),
    },
    ...(form.isMultipart
      ? []
      : [
          {
            what: 'too large without saying so',
            send: () =>
              sendRaw(
                form,
                { more: 'Transfer-Encoding: chunked', body: `10000\r\n${'a'.repeat(0x10000)}\r\n`.repeat(6) },
                413,
              ),
          },
        ]),
    {
      what: '80,000 fields',
      send: async (form) => {
        const answer = await form.sender().post(form.action, `csrf=${csrfOf(form)}&${'a=&'.repeat(80_000)}`)
        return { answer, faults: answer.status === 400 ? [] : [`answered ${answer.status}`] }
      },
    },
  ])
  expect(faults).toEqual([])
})

async function sendRaw(form: OpenForm, { more, body = '' }: { more: string; body?: string }, status: number) {
  const cookie = [...form.sender().cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const head = [
    `POST ${form.action} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Sec-Fetch-Site: same-origin',
    `Cookie: ${cookie}`,
    `Content-Type: application/x-www-form-urlencoded`,
    more,
  ]
  const got = await rawRequest(theShop().origin, `${head.join('\r\n')}\r\n\r\n${body}`)
  const answer = { ...got, headers: new Headers(), location: null }
  return { answer, faults: got.status === status ? [] : [`answered ${got.status}`] }
}

/** Begins while the other tests run, because it takes 20 s. Uploads may take minutes, so they are left out. */
async function sendSlowly(): Promise<string[]> {
  const faults = postForms().map(async (known) => {
    const form = await openForm(known)
    if (!form || form.isMultipart) return []
    const { faults } = await sendRaw(form, { more: 'Content-Length: 100', body: 'a=1' }, 408)
    return faults.map((fault) => `${known.shape}: ${fault}`)
  })
  return (await Promise.all(faults)).flat()
}

test('any text in all fields at once is kept or refused in words, and never becomes markup', async () => {
  const faults = await tryForms(postForms(), (form) =>
    typedIn(form).length === 0 ? [] : texts.map(([what, text]) => aTry(what, typedIn(form), text)),
  )
  expect(faults).toEqual([])
})

test('marks out of order are taken for what they are, or refused in words, and stall nothing', async () => {
  const faults = await tryForms(postForms(), (form) => {
    const longest = form.fields.filter(isTyped).toSorted((a, b) => b.maxLength - a.maxLength)
    return longest.slice(0, 1).map(({ name }) => aTry(`marks as ${name}`, [name], marks))
  })
  expect(faults).toEqual([])
})

test('any number in all fields at once is taken for what it is, or refused in words', async () => {
  const faults = await tryForms(postForms(), (form) =>
    typedIn(form).length === 0
      ? []
      : numbers.map((number) => aTry(JSON.stringify(number), typedIn(form), number)),
  )
  expect(faults).toEqual([])
})

test('something odd in any one field, hidden ones and choices included, leaves the others as they were', async () => {
  const faults = await tryForms(postForms(), (form) =>
    form.fields
      .filter(({ name, type }) => name !== 'csrf' && type !== 'file')
      .flatMap(({ name }) => oddities.map(([what, text]) => aTry(`${what} as ${name}`, [name], text))),
  )
  expect(faults).toEqual([])
})

test('a field that comes twice is a mistake, not a fault', async () => {
  const faults = await tryForms(postForms(), () => [
    {
      what: 'each field twice',
      send: async (form) => ({ answer: await submit(form, [...fillIn(form), ...fillIn(form)]), faults: [] }),
    },
  ])
  expect(faults).toEqual([])
})

const isUpload = ({ shape }: KnownForm) => /picture|file/.test(shape)

const fileTries = (): Try[] =>
  files.map(({ filename, bytes }) => ({
    what: filename.slice(0, 40) || 'no file',
    send: async (form) => {
      const answer = await submit(form, fillIn(form), { filename, bytes })
      return { answer, faults: faultsOfRefusal(answer, form, []) }
    },
  }))

test('no address makes a fault or takes long, whatever its path and its query say', async () => {
  const parameters = namesOfParameters()
  const samples = new Map(pages.toReversed().map((page) => [routeOf(page.address)?.id, page]))
  const faults: string[] = []
  for (const route of routes.filter(({ hasLoader, hasPage }) => hasLoader || hasPage)) {
    const { address = route.path, guest = { cookies: {} } } = samples.get(route.id) ?? {}
    const sample = new URL(address, theShop().origin).pathname
    const odd = [
      `${sample}?q=${'a'.repeat(2_000)}`,
      `${sample}?${'filter.p.tag=a&'.repeat(400)}`,
      ...queries.map(
        (text) => `${sample}?${new URLSearchParams(parameters.map((name) => [name, text])).toString()}`,
      ),
      ...(route.path.includes(':') ? queries : []).map((text) =>
        route.path.replace(/:\w+/g, encodeURIComponent(text)),
      ),
    ]
    faults.push(...(await withoutStalls(() => ask(odd, guest.cookies))))
  }
  expect(faults).toEqual([])
})

/** All that any link or any search of the shop says behind a "?", and a few that lists have once they are long. */
function namesOfParameters(): string[] {
  const linked = pages.flatMap(({ address }) => [...new URL(address, theShop().origin).searchParams.keys()])
  const asked = forms
    .filter(({ shape }) => shape.startsWith('get '))
    .flatMap(({ shape }) => /\((.*)\)$/.exec(shape)![1]!.split(', '))
  return [...new Set([...linked, ...asked, 'page', 'before', 'variant', 'next', '_routes'])]
}

async function ask(odd: string[], cookies: Record<string, string>): Promise<string[]> {
  const faults: string[] = []
  for (const address of odd) {
    const startedAt = performance.now()
    const answer = await aVisitor(cookies).get(address)
    const isSlow = performance.now() - startedAt > 2_000
    faults.push(
      ...[...faultsOf(answer), ...(isSlow ? ['is slow'] : [])].map((fault) => `${address}: ${fault}`),
    )
  }
  return faults
}

test('a body that drips is 408', async () => {
  expect(await slowAnswers).toEqual([])
})

test('sent as it should be, each form does what it is for, or says in words why not', async () => {
  const faults = await tryForms(postForms(), () => [
    { what: 'as it should be', send: (form) => sendFields(form, fillIn(form)) },
  ])
  expect(faults).toEqual([])
})

test('whatever is sent as a file is taken or refused in words, and its jobs are done', async () => {
  expect(await tryForms(postForms().filter(isUpload), fileTries)).toEqual([])
  await doJobs(isIdle)
})

/** A worker's life until everything is done; what it could not do is in its log. */
async function doJobs(areDone: () => Promise<boolean>): Promise<void> {
  const worker = await startTill({
    DATABASE_URL: databaseUrl,
    SESSION_SECRET: 's'.repeat(32),
    ROLE: 'worker',
    LOG_LEVEL: 'warn',
  })
  await vi.waitUntil(areDone, { timeout: 20_000, interval: 100 })
  worker.child.kill('SIGTERM')
  await worker.ended
  expect(worker.output()).not.toMatch(/"level":"(error|fatal)"/)
}

async function isIdle(): Promise<boolean> {
  const [waiting] = await db.execute<{ jobs: number }>(
    sql`select count(*)::int as jobs from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now()`,
  )
  return waiting!.jobs === 0
}

const dataOf = (address: string) => (address === '/' ? '/_root.data' : address.replace(/(?=\?|$)/, '.data'))
