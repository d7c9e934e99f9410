import { randomBytes } from 'node:crypto'
import type { HeaderText, Personal } from '#app/domain/cart/personal.ts'
import { ownPieces, packPiece, packSmallPiece, type Piece } from './gzip-pieces.ts'

/** The values of a page that differ by session (`csrfToken`, `personal`) or by response (`nonce`, `requestId`). */
export type SlotValues = { csrfToken: string; personal: Personal; nonce: string; requestId: string }

type Slot = 'csrfToken' | 'personal' | 'nonce' | 'requestId' | keyof HeaderText
type Written = Partial<Record<Slot, string>>

/** A page or its data, in pieces with slots between them. */
export type Template = { isData: boolean; pieces: (Piece | Slot)[]; size: number }

/**
 * Random marks to render a page that is filled in later: nobody can guess them, so no merchant's text contains them,
 * and they are written the same way in every context.
 */
export function createMarks(answer: { nonce: string; requestId: string }): SlotValues {
  const secret = randomBytes(12).toString('hex')
  let count = 0
  const mark = () => `${secret}z${(count += 1)}z`
  const header: HeaderText = {
    accountUrl: `/${mark()}`,
    accountLabel: mark(),
    // A string for the type, a mark for us.
    bellFor: mark() as HeaderText['bellFor'],
    bellLabel: mark(),
    bellBadge: mark(),
    cartLabel: mark(),
    cartBadge: mark(),
  }
  return { ...answer, csrfToken: mark(), personal: { cart: null, promotions: null, header, live: mark() } }
}

/** Cuts the page at its marks. Throws when a mark is left, which must not be sent. */
export async function toTemplate(made: string, marks: SlotValues, isData: boolean): Promise<Template> {
  const written = write(marks, isData)
  const slots = (Object.keys(written) as Slot[]).filter((slot) => written[slot])
  // The personal data contains the marks of the header, so it comes first.
  const pattern = new RegExp(slots.map((slot) => `(${escapePattern(written[slot]!)})`).join('|'), 'g')
  /** Text and slot names, alternating. */
  const texts: string[] = []
  let end = 0
  for (const match of made.matchAll(pattern)) {
    texts.push(made.slice(end, match.index))
    texts.push(slots[match.slice(1).findIndex((group) => group !== undefined)]!)
    end = match.index + match[0].length
  }
  texts.push(made.slice(end))
  const secret = marks.csrfToken.split('z')[0]!
  const packed = await Promise.all(
    texts.map(async (text, index) => {
      if (index % 2 === 1) return noPiece
      if (text.includes(secret)) throw new Error('The page has a marker outside a known slot')
      return packPiece(Buffer.from(text))
    }),
  )
  const pieces = ownPieces(packed).map((piece, index) => (index % 2 === 1 ? (texts[index] as Slot) : piece))
  const size = pieces.reduce(
    (sum, piece) => sum + (typeof piece === 'string' ? 0 : piece.plain.length + piece.packed.length + 200),
    0,
  )
  return { isData, pieces, size }
}

const noPiece = packSmallPiece('')

type OwnPieces = Partial<Record<Slot, Piece>>

const personalPieces = new WeakMap<Personal, { page?: OwnPieces; data?: OwnPieces }>()

/** The pieces of the page with these values. Personal values are written and compressed once for all pages. */
export function fillTemplate({ isData, pieces }: Template, values: SlotValues): Piece[] {
  let own = personalPieces.get(values.personal)
  if (!own) personalPieces.set(values.personal, (own = {}))
  const filled = (own[isData ? 'data' : 'page'] ??= packPersonal(write(values, isData)))
  const perAnswer: OwnPieces = {}
  return pieces.map((piece) => {
    if (typeof piece !== 'string') return piece
    if (piece === 'nonce' || piece === 'requestId')
      return (perAnswer[piece] ??= packSmallPiece(values[piece]))
    return filled[piece] ?? noPiece
  })
}

function packPersonal(written: Written): OwnPieces {
  const slots = (Object.keys(written) as Slot[]).filter((slot) => slot !== 'nonce' && slot !== 'requestId')
  const pieces = ownPieces(slots.map((slot) => packSmallPiece(written[slot]!)))
  return Object.fromEntries(slots.map((slot, index) => [slot, pieces[index]!]))
}

/** Each value as it is written in a page, or in its data. In data the header is only part of the personal data. */
function write({ csrfToken, personal, nonce, requestId }: SlotValues, isData: boolean): Written {
  const text = JSON.stringify(JSON.stringify(personal))
  if (isData) return { personal: text, csrfToken, requestId }
  const header = Object.entries(personal.header).map(([slot, value]) => [slot, asHtml(value)])
  return {
    personal: asScript(JSON.stringify(text).slice(1, -1)),
    ...(Object.fromEntries(header) as HeaderText),
    csrfToken,
    nonce,
    requestId,
  }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
}

/** As React escapes text and attributes. */
function asHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter]!)
}

/** As Remix escapes data in a script. */
function asScript(text: string): string {
  return text.replace(
    /[&<>\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
