/** Detects the encoding of a file from all of its bytes, as they stream by. */
import { isAscii } from 'node:buffer'
import type { Encoding } from './file-format.ts'

export type EncodingResult = { ok: true; encoding: Encoding } | { ok: false; message: string }

const letterA = 0x61
const letterZ = 0x7a
const isSmallLetter = (byte: number) => byte >= letterA && byte <= letterZ
const isLetter = (byte: number) => isSmallLetter(byte | 0x20)

/** Bytes without a character in Windows-1252. */
const unassigned = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])
/** ł, ą, ż in the Central European code page; in Windows-1252 signs that do not occur within a word. */
const centralEuropean = new Set([0xb3, 0xb9, 0xbf])
/** à, ä, é, ü on old Macs; in Windows-1252 capitals and signs that do not follow a small letter. */
const macRoman = new Set([0x88, 0x8a, 0x8e, 0x9f])

export class EncodingDetector {
  #encoding: Encoding | null = null
  #isFirst = true
  #lines = 1
  /** Of a UTF-8 character that has begun: the bytes still missing, and the range of the next one. */
  #missing = 0
  #low = 0x80
  #high = 0xbf
  #hasUtf8 = false
  #invalidLine: number | null = null
  #isUnlike1252 = false
  #highLetters = 0
  #highPairs = 0
  #before = 0
  #beforeThat = 0

  /** False when the encoding is known, and the rest of the file does not matter. */
  push(chunk: Uint8Array): boolean {
    if (this.#isFirst && chunk.length > 0) {
      this.#isFirst = false
      if (chunk[0] === 0xff && chunk[1] === 0xfe) this.#encoding = 'utf-16le'
      if (chunk[0] === 0xfe && chunk[1] === 0xff) this.#encoding = 'utf-16be'
    }
    if (this.#encoding) return false
    if (this.#missing === 0 && this.#before < 0x80 && isAscii(chunk)) this.#skip(chunk)
    else for (const byte of chunk) this.#read(byte)
    return true
  }

  end(): EncodingResult {
    if (this.#encoding) return { ok: true, encoding: this.#encoding }
    // A character that the end of the file cuts off is reported when it is read.
    if (this.#invalidLine === null) return { ok: true, encoding: 'utf-8' }
    const isWestern = !this.#isUnlike1252 && this.#highPairs * 3 <= this.#highLetters
    if (isWestern && !this.#hasUtf8) return { ok: true, encoding: 'windows-1252' }
    const what = this.#hasUtf8 ? 'Most of it is UTF-8, but there are' : 'There are'
    return {
      ok: false,
      message: `The file is not in UTF-8, UTF-16 or Windows-1252. ${what} characters in another encoding in line ${this.#invalidLine}. Save it as “CSV UTF-8” and upload it again.`,
    }
  }

  #skip(chunk: Uint8Array): void {
    if (this.#invalidLine === null)
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) this.#lines++
    if (chunk.length > 1) this.#beforeThat = chunk.at(-2)!
    if (chunk.length > 0) this.#before = chunk.at(-1)!
  }

  #read(byte: number): void {
    if (byte === 10 && this.#invalidLine === null) this.#lines++
    this.#readUtf8(byte)
    this.#compareWith1252(byte)
    this.#beforeThat = this.#before
    this.#before = byte
  }

  #readUtf8(byte: number): void {
    if (this.#missing > 0) {
      if (byte >= this.#low && byte <= this.#high) {
        this.#low = 0x80
        this.#high = 0xbf
        this.#missing--
        if (this.#missing === 0) this.#hasUtf8 = true
        return
      }
      this.#missing = 0
      this.#invalidLine ??= this.#lines
    }
    if (byte < 0x80) return
    this.#low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
    this.#high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf
    if (byte >= 0xc2 && byte <= 0xdf) this.#missing = 1
    else if (byte >= 0xe0 && byte <= 0xef) this.#missing = 2
    else if (byte >= 0xf0 && byte <= 0xf4) this.#missing = 3
    else this.#invalidLine ??= this.#lines
  }

  /** Other code pages use bytes, or sequences of them, that Windows-1252 text does not have. */
  #compareWith1252(byte: number): void {
    if (unassigned.has(byte)) this.#isUnlike1252 = true
    if (macRoman.has(byte) && isSmallLetter(this.#before)) this.#isUnlike1252 = true
    if (isSmallLetter(byte) && centralEuropean.has(this.#before) && isLetter(this.#beforeThat))
      this.#isUnlike1252 = true
    if (byte < 0xc0) return
    this.#highLetters++
    // Western words have single letters beyond ASCII; Cyrillic, Greek or Chinese text has nothing else.
    if (this.#before >= 0xc0) this.#highPairs++
  }
}
