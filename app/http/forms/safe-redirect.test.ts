import { expect, test } from 'vitest'
import { safeRedirect } from './safe-redirect.ts'

test.each([
  '//e.example',
  '/\\e.example',
  '\\/e.example',
  '/\t/e.example',
  '/%09/../\\e',
  'https:e',
  'javascript:alert(1)',
  'https://e.example/',
  '',
  null,
  '/..//e.example',
  '/a\r\nb',
])('safeRedirect replaces %j with the fallback', (path) => expect(safeRedirect(path)).toBe('/'))

test.each(['/', '/cart', '/collections/all?sort_by=newest#x', '/products/caf%C3%A9?next=//e.example'])(
  'safeRedirect keeps %s',
  (path) => expect(safeRedirect(path)).toBe(path),
)
