import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parsePath, parseTarget, protectedSegments, toComparedPath, withQuery } from './redirects.ts'

const origin = 'https://shop.example'

test('paths are compared without case, needless escapes, dots and slashes at the end', () => {
  for (const path of ['/Old/Page', '/old/page/', '//old//page', '/x/../old/page', '/%6fld/page'])
    expect(toComparedPath(path), path).toBe('/old/page')
  expect(toComparedPath('/pages/caf%C3%89')).toBe('/pages/café')
  expect(toComparedPath('/pages/cafe\u0301')).toBe('/pages/café')
})

test('escapes that are no readable text stay, so that no path has a control character', () => {
  expect(toComparedPath('/a%00b')).toBe('/a%00b')
  expect(toComparedPath('/a%0ab')).toBe('/a%0ab')
  expect(toComparedPath('/a%ffb')).toBe('/a%ffb')
  expect(toComparedPath('/a%2Fb')).toBe('/a%2fb')
})

test('an old address is a path of this store, with or without a slash or the origin', () => {
  for (const typed of ['/old', 'old', 'https://shop.example/old', 'HTTPS://SHOP.example/Old/'])
    expect(parsePath(typed, origin), typed).toEqual({ ok: true, path: '/old' })
  const refused = (typed: string) => {
    const result = parsePath(typed, origin)
    return !result.ok && result.reason
  }
  expect(refused('')).toBe('no-path')
  expect(refused('/')).toBe('home')
  expect(refused('https://shop.example')).toBe('home')
  expect(refused('https://shop.example.evil.example/old')).toBe('other-site')
  expect(refused('//evil.example/old')).toBe('other-site')
  expect(refused('/old?page=2')).toBe('query')
  expect(refused('/old#part')).toBe('query')
  expect(refused(`/${'a'.repeat(500)}`)).toBe('long-path')
  for (const typed of ['/admin', '/Admin/x', '/%61dmin', '/x/../cart', '/checkout', '/orders/abc', 'login'])
    expect(refused(typed), typed).toBe('protected')
})

test('a new address is a path of the store or an http(s) URL', () => {
  const found = (typed: string) => {
    const result = parseTarget(typed, origin)
    return result.ok ? [result.target, result.targetPath] : result.reason
  }
  expect(found('/Pages/Café?a=1#part')).toEqual(['/Pages/Caf%C3%A9?a=1#part', '/pages/café'])
  expect(found('https://shop.example/new/')).toEqual(['/new', '/new'])
  expect(found('https://shop.example')).toEqual(['/', '/'])
  expect(found('https://other.example/new')).toEqual(['https://other.example/new', null])
  expect(found('')).toBe('no-target')
  const refused = ['new', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 'mailto:a@b.example']
  for (const typed of [...refused, 'https://', 'https://user:pw@other.example/', 'ftp://other.example/'])
    expect(found(typed), typed).toBe('invalid-target')
  expect(found('/x/..//evil.example')).toEqual(['/evil.example', '/evil.example'])
  expect(found(`/${'a'.repeat(2000)}`)).toBe('long-target')
})

test('the query string of a request is kept in front of the fragment', () => {
  expect(withQuery('/new', '')).toBe('/new')
  expect(withQuery('/new', '?a=1&b=2')).toBe('/new?a=1&b=2')
  expect(withQuery('/new?x=1', '?a=1')).toBe('/new?x=1&a=1')
  expect(withQuery('/new#part', '?a=1')).toBe('/new?a=1#part')
})

test('every address of the store that is not a public page is protected', () => {
  const publicPages = ['collections', 'pages', 'policies', 'products', 'reviews', 'search', 'shop']
  const first = readdirSync('app/routes')
    .map((name) => name.replace('[.]', '-dot-').replace(/^_(shop|auth)\./, ''))
    .filter((name) => !/^(_|\$|tsx$)/.test(name))
    .map((name) => name.split(/[._]/)[0]!.replace('-dot-', '.'))
  const open = [...new Set(first)].filter((name) => !protectedSegments.has(name))
  expect(open.sort()).toEqual(publicPages)
})
