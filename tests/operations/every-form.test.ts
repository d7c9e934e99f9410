import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { cleanText, isCleanText } from '#app/http/forms/parse-form.ts'
import { db } from '#db/client.ts'
import { findRoute, routes } from '#tests/support/built-routes.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { seedShop } from '#tests/support/seeded-shop.ts'
import {
  type Body,
  brokenBodies,
  controlFields,
  files,
  internals,
  isReflected,
  marks,
  names,
  numbers,
  unusualValues,
  queries,
  texts,
} from '#tests/support/fuzz-inputs.ts'
import { newVisitor, getMetrics, getShop, useRunningShop } from '#tests/support/http-shop.ts'
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
import { saveSnapshot, restoreSnapshot } from '#tests/support/db-snapshot.ts'
import { watchEventLoopLag } from '#tests/support/event-loop-lag.ts'
import { requestEmailLinks, listPersonas } from '#tests/support/personas.ts'
import { createCardPayment, createFailedRefund, createReturnedOrder } from '#tests/support/payments.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { createClassWithRate, createZoneWithMethod } from '#tests/support/zones-and-taxes.ts'
import { startTill } from '#tests/support/till.ts'
import type { Answer, Visitor } from '#tests/support/visitor.ts'

/**
 * Every malicious input at every form and every URL. They are not listed by hand: they are found by crawling the
 * running shop as each persona, so a new page is tested automatically.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })
// Without jobs, so that only the submitted forms change the shop; the jobs run at the end.
useRunningShop({ ROLE: 'web' })

/** Actions that no page of this shop shows a form for, and why. They get the malformed bodies all the same. */
const actionsWithoutForm: Record<string, string> = {
  '/setup': 'the shop is claimed already; first-sale.spec.ts claims one',
  '/*': 'handles unknown URLs',
  '/admin/home-page/customize': 'the home page has sections already; home-page.spec.ts customizes one',
  '/admin/settings/shipping': 'zones replace the one rate; settings.spec.ts saves it',
  '/admin/orders/:orderId/presence': 'sent only by script, while a tab is open',
  '/admin/orders/:orderId/presence/leave': 'sent only by script, when a tab closes',
  '/orders/:token/payment': 'Stripe is not set up in this process; card-payments.spec.ts pays',
  '/webhooks/stripe': 'sent by Stripe, with a signature',
}

let forms: KnownForm[]
let pages: KnownPage[]
let slowAnswers: Promise<string[]>

const machine = watchEventLoopLag()
afterAll(() => machine.stop())

beforeAll(async () => {
  const shop = await seedShop()
  await createZoneWithMethod()
  await createClassWithRate()
  await createOrdersOfAllKinds()
  await requestEmailLinks(shop)
  await runJobs(isIdle)
  ;({ forms, pages } = await exploreAs(await listPersonas(shop)))
  slowAnswers = sendSlowly()
  await saveSnapshot()
})

beforeEach(restoreSnapshot)

afterEach(async () => {
  expect(await newVisitor().get('/healthz')).toMatchObject({ status: 200, body: 'ok\n' })
})

/** Orders whose pages have the forms of refunds, returns, shipments and card payments. */
async function createOrdersOfAllKinds() {
  await createFailedRefund()
  await createReturnedOrder()
  await createReturnedOrder({ isApproved: true })
  await createCardPayment('authorized')
  await createCardPayment('review')
}

const postForms = () => forms.filter(({ shape }) => shape.startsWith('post '))

function faultsOf({ status, body }: Pick<Answer, 'status' | 'body'>): string[] {
  return [
    ...(status >= 500 || Number.isNaN(status) ? [`answered ${status}`] : []),
    ...(internals.test(body) ? ['shows how the shop is made'] : []),
    ...(isReflected(body) ? ['shows text as markup'] : []),
  ]
}

/** Fields that people do not see; a refused form shows them empty again (app/components/honeypot.tsx). */
const honeypots = ['website']

/** Refused on the form's own page: with a message, and with all typed input kept. */
function findRefusalFaults(answer: Answer, form: OpenForm, sent: [string, string][]): string[] {
  const again = formIn(answer, form.action, form.known)
  if (answer.status < 400 || !again) return []
  const lost = sent.filter(([name, text]) => {
    const field = again.fields.find((field) => field.name === name)
    const clean = cleanText(text)
    const isKept =
      field &&
      isTyped(field) &&
      !field.isSecret &&
      !honeypots.includes(name) &&
      clean !== null &&
      isCleanText(clean)
    return isKept && text.length <= field.maxLength && field.value !== clean
  })
  return [
    // docs/decisions/073
    ...([401, 409, 422].includes(answer.status) ? [] : [`refuses with ${answer.status}`]),
    ...(answer.body.includes('role="alert"') ? [] : ['refuses without a word']),
    ...lost.map(([name]) => `loses what was typed into ${name}`),
  ]
}

/** The longest event loop stall since the last call, in milliseconds. */
async function longestStall(): Promise<number> {
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(await getMetrics())![1]) * 1000
}

/**
 * The faults of a batch; a stall of more than 100 ms is one of them. On a busy machine any batch can meet an unrelated
 * pause: the delay of an idle thread is subtracted, and only a batch that stalls the shop in each of three runs is at
 * fault.
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
 * Submits all of these from the form's page, which is opened again after one was accepted. If that ended the session or
 * deleted the form's subject, the whole shop is restored from its snapshot: the order of forms does not matter.
 */
async function tryAll(known: KnownForm, triesOf: (form: OpenForm) => Try[]): Promise<string[]> {
  const faults: string[] = []
  const note = (what: string, found: string[]) =>
    faults.push(...found.map((fault) => `${known.route?.path}, ${what}: ${fault}`))
  const open = async () => {
    let form = await openForm(known)
    if (!form) {
      await restoreSnapshot()
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
  return { answer, faults: findRefusalFaults(answer, form, fields) }
}

/** One text in these fields, the others filled in validly. */
const createAttempt = (what: string, namesOfFields: string[], text: string): Try => ({
  what,
  send: (form) =>
    sendFields(form, fillIn(form, Object.fromEntries(namesOfFields.map((name) => [name, text])))),
})

const typedIn = (form: OpenForm) =>
  form.fields.filter((field) => isTyped(field) && !honeypots.includes(field.name)).map(({ name }) => name)

test('every route with an action is reached by a form, or listed with a reason', () => {
  const reached = new Set(postForms().map(({ route }) => route?.path))
  const actions = routes.filter(({ hasAction }) => hasAction).map(({ path }) => path)
  expect(actions.length).toBeGreaterThan(35)
  expect(actions.filter((path) => !reached.has(path)).toSorted()).toEqual(
    Object.keys(actionsWithoutForm).toSorted(),
  )
  expect(postForms().filter(({ route }) => !route?.hasAction)).toEqual([])
})

test('a malformed body is refused, or read as a form with few fields', async () => {
  const faults = await tryForms(postForms(), (form) =>
    brokenBodies(csrfOf(form)).flatMap((body) => [
      { what: body.what, send: (form) => sendBody(form.sender(), form.action, body) },
      // A malformed body is refused before the URL matters, and a form with only a button has nothing to break.
      ...(body.status || typedIn(form).length === 0
        ? []
        : [
            { what: body.what, send: (form: OpenForm) => sendBody(form.sender(), dataOf(form.action), body) },
          ]),
    ]),
  )
  for (const path of Object.keys(actionsWithoutForm))
    for (const body of brokenBodies('')) {
      const { answer } = await sendBody(newVisitor(), path.replace('*', 'nowhere'), body)
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

test('a malicious field name is 400', async () => {
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

test('a field that would control the parser changes nothing, in document or data requests, and makes no response larger', async () => {
  // Both names at every form; malicious-requests.test.ts tests all of their values at one.
  const hugeIndexFields = controlFields.filter(([what]) => what.endsWith('with a huge index'))
  expect(hugeIndexFields.map(([, name]) => name)).toEqual(['__intent__', '__state__'])
  const faults = await tryForms(postForms(), () =>
    hugeIndexFields.flatMap(([what, name, value]) =>
      [(action: string) => action, dataOf].map((addressOf) => ({
        what: `${what}, ${addressOf === dataOf ? 'as data' : 'as a page'}`,
        send: async (form: OpenForm) => {
          // Only refused values come back, so nothing is filled in.
          const fields: [string, string][] = [
            ['csrf', csrfOf(form)],
            [name, value],
          ]
          const answer = await submit({ ...form, action: addressOf(form.action) }, fields)
          return { answer, faults: findSizeFaults(answer, form) }
        },
      })),
    ),
  )
  expect(faults).toEqual([])
})

/** The page with its errors: as text, and once more in its data. */
function findSizeFaults({ body }: Answer, form: OpenForm): string[] {
  return body.length <= 2 * form.page.body.length ? [] : [`answers ${body.length} characters`]
}

test('a body that is too large is 413, one with too many fields 400', async () => {
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
  const got = await rawRequest(getShop().origin, `${head.join('\r\n')}\r\n\r\n${body}`)
  const answer = { ...got, headers: new Headers(), location: null }
  return { answer, faults: got.status === status ? [] : [`answered ${got.status}`] }
}

/** Runs alongside the other tests, because it takes 20 s. Uploads may take minutes, so they are left out. */
async function sendSlowly(): Promise<string[]> {
  const faults = postForms().map(async (known) => {
    const form = await openForm(known)
    if (!form || form.isMultipart) return []
    const { faults } = await sendRaw(form, { more: 'Content-Length: 100', body: 'a=1' }, 408)
    return faults.map((fault) => `${known.shape}: ${fault}`)
  })
  return (await Promise.all(faults)).flat()
}

test('any text in all fields at once is kept or refused with a message, and never becomes markup', async () => {
  const faults = await tryForms(postForms(), (form) =>
    typedIn(form).length === 0 ? [] : texts.map(([what, text]) => createAttempt(what, typedIn(form), text)),
  )
  expect(faults).toEqual([])
})

test('unordered combining marks are accepted or refused with a message, and stall nothing', async () => {
  const faults = await tryForms(postForms(), (form) => {
    const longest = form.fields.filter(isTyped).toSorted((a, b) => b.maxLength - a.maxLength)
    return longest.slice(0, 1).map(({ name }) => createAttempt(`marks as ${name}`, [name], marks))
  })
  expect(faults).toEqual([])
})

test('any number in all fields at once is accepted or refused with a message', async () => {
  const faults = await tryForms(postForms(), (form) =>
    typedIn(form).length === 0
      ? []
      : numbers.map((number) => createAttempt(JSON.stringify(number), typedIn(form), number)),
  )
  expect(faults).toEqual([])
})

test('an unusual value in any single field, hidden ones and selects included, leaves the others unchanged', async () => {
  const faults = await tryForms(postForms(), (form) =>
    form.fields
      .filter(({ name, type }) => name !== 'csrf' && type !== 'file')
      .flatMap(({ name }) =>
        unusualValues.map(([what, text]) => createAttempt(`${what} as ${name}`, [name], text)),
      ),
  )
  expect(faults).toEqual([])
})

test('a duplicate field is a validation error, not a server error', async () => {
  const faults = await tryForms(postForms(), () => [
    {
      what: 'each field twice',
      send: async (form) => ({ answer: await submit(form, [...fillIn(form), ...fillIn(form)]), faults: [] }),
    },
  ])
  expect(faults).toEqual([])
})

const isUpload = ({ shape }: KnownForm) => /\b(images?|file)\b[^/]*$/.test(shape)

const fileTries = (): Try[] =>
  files.map(({ filename, bytes }) => ({
    what: filename.slice(0, 40) || 'no file',
    send: async (form) => {
      const answer = await submit(form, fillIn(form), { filename, bytes })
      return { answer, faults: findRefusalFaults(answer, form, []) }
    },
  }))

test('no URL causes a server error or a slow response, whatever its path and query', async () => {
  const parameters = listParameterNames()
  const samples = new Map(pages.toReversed().map((page) => [findRoute(page.address)?.id, page]))
  const faults: string[] = []
  for (const route of routes.filter(({ hasLoader, hasPage }) => hasLoader || hasPage)) {
    const { address = route.path, guest = { cookies: {} } } = samples.get(route.id) ?? {}
    const sample = new URL(address, getShop().origin).pathname
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

/** All query parameter names of the shop's links and search forms, and a few that long lists have. */
function listParameterNames(): string[] {
  const linked = pages.flatMap(({ address }) => [...new URL(address, getShop().origin).searchParams.keys()])
  const asked = forms
    .filter(({ shape }) => shape.startsWith('get '))
    .flatMap(({ shape }) => /\((.*)\)$/.exec(shape)![1]!.split(', '))
  return [...new Set([...linked, ...asked, 'page', 'before', 'variant', 'next', '_routes'])]
}

async function ask(odd: string[], cookies: Record<string, string>): Promise<string[]> {
  const faults: string[] = []
  for (const address of odd) {
    const startedAt = performance.now()
    const answer = await newVisitor(cookies).get(address)
    const isSlow = performance.now() - startedAt > 2_000
    faults.push(
      ...[...faultsOf(answer), ...(isSlow ? ['is slow'] : [])].map((fault) => `${address}: ${fault}`),
    )
  }
  return faults
}

test('a slowly sent body is 408', async () => {
  expect(await slowAnswers).toEqual([])
})

test('each form filled in validly is accepted, or refused with a message', async () => {
  const faults = await tryForms(postForms(), () => [
    { what: 'as it should be', send: (form) => sendFields(form, fillIn(form)) },
  ])
  expect(faults).toEqual([])
})

test('any uploaded file is accepted or refused with a message, and its jobs finish', async () => {
  expect(await tryForms(postForms().filter(isUpload), fileTries)).toEqual([])
  await runJobs(isIdle)
})

/** Runs a worker until all jobs are done; failures are in its log. */
async function runJobs(areDone: () => Promise<boolean>): Promise<void> {
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
