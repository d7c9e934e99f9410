import { expect, test } from 'vitest'
import { headerText, type Personal } from '#app/domain/cart/personal.ts'
import { createMarks, fillTemplate, type SlotValues, toTemplate } from './page-template.ts'

const urls = { account: '/account', login: '/login' }
const values: SlotValues = {
  csrfToken: 'to-ken_',
  nonce: 'bm9u+/==',
  requestId: '0123456789abcdef',
  personal: {
    cart: { lines: [{ title: `</script><b>&'"\\ \u2028 ünï` }] } as unknown as Personal['cart'],
    promotions: null,
    header: { ...headerText({ count: 3, unread: 1, isSignedIn: true, urls }), cartLabel: `<"&'>` },
    live: 'grant~1',
  },
}

/** A page as React and Remix write it; `nonce` and the other values occur in several places. */
function page({ csrfToken, nonce, requestId, personal }: SlotValues): string {
  const { header } = personal
  const html = (text: string) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#x27;')
  const script = JSON.stringify(data({ csrfToken, nonce, requestId, personal }))
    .replaceAll('&', '\\u0026')
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('\u2028', '\\u2028')
  return `<a aria-label="${html(header.cartLabel)}"><b>${html(header.cartBadge)}</b></a>
    <a href="${html(header.accountUrl)}" data-for="${header.bellFor}">${html(header.accountLabel)}</a>
    <a aria-label="${html(header.bellLabel)}">${html(header.bellBadge)}</a><input value="${csrfToken}">
    <script nonce="${nonce}">enqueue(${script})</script><script nonce="${nonce}"></script><input value="${csrfToken}">`
}

function data({ csrfToken, requestId, personal }: SlotValues): string {
  return JSON.stringify([{ _1: 2 }, 'personal', JSON.stringify(personal), csrfToken, requestId, 'ünï'])
}

const answer = { nonce: 'abc+/=', requestId: 'fedcba9876543210' }
const plainOf = (pieces: { plain: Buffer }[]) => Buffer.concat(pieces.map(({ plain }) => plain)).toString()

test('fillTemplate equals the page rendered with the same values', async () => {
  const marks = createMarks(answer)
  const template = await toTemplate(page(marks), marks, false)
  expect(plainOf(fillTemplate(template, values))).toBe(page(values))
  const other = { ...values, csrfToken: '', personal: { ...values.personal, cart: null } }
  expect(plainOf(fillTemplate(template, other))).toBe(page(other))
})

test('fillTemplate equals the data rendered with the same values', async () => {
  const marks = createMarks(answer)
  const template = await toTemplate(data(marks), marks, true)
  expect(plainOf(fillTemplate(template, values))).toBe(data(values))
})

test('createMarks is random, and toTemplate refuses a mark in an unknown place', async () => {
  const marks = createMarks(answer)
  expect(createMarks(answer).csrfToken).not.toBe(marks.csrfToken)
  const torn = marks.personal.header.cartLabel.slice(0, -1)
  await expect(toTemplate(`<p>${torn}</p>`, marks, false)).rejects.toThrow('mark')
})

test('cached pages and personal pieces own their memory', async () => {
  const marks = createMarks(values)
  const template = await toTemplate(page(marks), marks, false)
  const cached = [
    template.pieces.filter((piece) => typeof piece !== 'string'),
    fillTemplate(template, values).filter((_, index) => typeof template.pieces[index] === 'string'),
  ]
  for (const pieces of cached) {
    // The nonce and the request id are made for each response and not cached.
    const bytes = pieces
      .filter(({ plain }) => ![values.nonce, values.requestId].includes(plain.toString()))
      .flatMap(({ plain, packed }) => [plain, packed])
    const held = [...new Set(bytes.map(({ buffer }) => buffer))].reduce(
      (sum, { byteLength }) => sum + byteLength,
      0,
    )
    expect(held).toBeLessThanOrEqual(2 * bytes.reduce((sum, { length }) => sum + length, 0))
  }
})
