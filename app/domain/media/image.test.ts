import { expect, test } from 'vitest'
import { fillsFrame, imageSources, renditionWidths } from './image.ts'
import { detectImageType } from './image-type.ts'

test('an image is stored in the standard widths below its own, and in its own up to the largest', () => {
  expect(renditionWidths(200)).toEqual([200])
  expect(renditionWidths(640)).toEqual([320, 640])
  expect(renditionWidths(1000)).toEqual([320, 640, 960, 1000])
  expect(renditionWidths(1920)).toEqual([320, 640, 960, 1280, 1920])
  expect(renditionWidths(6000)).toEqual([320, 640, 960, 1280, 1920])
})

test('the fallback JPEG is 960 wide, or as wide as the image', () => {
  const hash = 'a'.repeat(64)
  expect(imageSources({ hash, width: 6000 }).fallback).toBe(`/media/${hash}/960.jpeg`)
  expect(imageSources({ hash, width: 500 }).fallback).toBe(`/media/${hash}/500.jpeg`)
})

test('an image fills a frame unless more than 30% of it would be cut off', () => {
  expect(fillsFrame({ width: 1000, height: 1000 }, 4 / 5)).toBe(true)
  expect(fillsFrame({ width: 1000, height: 1500 }, 4 / 5)).toBe(true)
  expect(fillsFrame({ width: 1200, height: 1000 }, 4 / 5)).toBe(false)
  expect(fillsFrame({ width: 300, height: 900 }, 4 / 5)).toBe(false)
})

test.each([
  ['a JPEG', [0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
  ['a PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'image/png'],
  ['a GIF', [...Buffer.from('GIF89a')], 'image/gif'],
  ['a WebP', [...Buffer.from('RIFF....WEBPVP8 ')], 'image/webp'],
  ['an AVIF', [...Buffer.from('....ftypavif....')], 'image/avif'],
])('%s is detected by its bytes', (_, bytes, type) => {
  expect(detectImageType(Uint8Array.from(bytes))).toEqual({ ok: true, type })
})

test.each([
  ['nothing', '', 'empty'],
  ['HEIC', '....ftypheic....mif1', 'heic'],
  ['an SVG with a script', '<?xml version="1.0"?><svg onload="alert(1)"><script/></svg>', 'svg'],
  ['an HTML page', '<!doctype html><script>alert(1)</script>', 'not-an-image'],
  ['a TIFF', 'II*\u0000', 'not-an-image'],
])('%s is refused', (_, text, reason) => {
  expect(detectImageType(Buffer.from(text))).toEqual({ ok: false, reason })
})
