import { expect, test } from 'vitest'
import { pictureSources, renditionWidths } from './picture.ts'
import { pictureKind } from './picture-type.ts'

test('a picture is kept in the steps below its width, and in its own up to the last step', () => {
  expect(renditionWidths(200)).toEqual([200])
  expect(renditionWidths(640)).toEqual([320, 640])
  expect(renditionWidths(1000)).toEqual([320, 640, 960, 1000])
  expect(renditionWidths(1920)).toEqual([320, 640, 960, 1280, 1920])
  expect(renditionWidths(6000)).toEqual([320, 640, 960, 1280, 1920])
})

test('the JPEG that old browsers get is 960 wide, or as wide as the picture', () => {
  const hash = 'a'.repeat(64)
  expect(pictureSources({ hash, width: 6000 }).fallback).toBe(`/media/${hash}/960.jpeg`)
  expect(pictureSources({ hash, width: 500 }).fallback).toBe(`/media/${hash}/500.jpeg`)
})

test.each([
  ['a JPEG', [0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
  ['a PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'image/png'],
  ['a GIF', [...Buffer.from('GIF89a')], 'image/gif'],
  ['a WebP', [...Buffer.from('RIFF....WEBPVP8 ')], 'image/webp'],
  ['an AVIF', [...Buffer.from('....ftypavif....')], 'image/avif'],
])('%s is told by its bytes', (_, bytes, type) => {
  expect(pictureKind(Uint8Array.from(bytes))).toEqual({ ok: true, type })
})

test.each([
  ['nothing', '', 'empty'],
  ['HEIC', '....ftypheic....mif1', 'heic'],
  ['an SVG with a script', '<?xml version="1.0"?><svg onload="alert(1)"><script/></svg>', 'svg'],
  ['a page', '<!doctype html><script>alert(1)</script>', 'not-a-picture'],
  ['a TIFF', 'II*\u0000', 'not-a-picture'],
])('%s is refused', (_, text, reason) => {
  expect(pictureKind(Buffer.from(text))).toEqual({ ok: false, reason })
})
