/** Malicious and unusual inputs. */

/** Markup that must always be escaped. `isReflected` searches responses for its parts. */
const markup = `"><script>alert(1)</script><img src=x onerror=alert(1)>`

/** Whether our text is in the page as markup, in an element or an attribute. */
export function isReflected(body: string): boolean {
  return /<script>alert\(1|<img src=x onerror|[^\\]" onfocus="alert|<\/title><b>out/i.test(body)
}

/** Internals that must not be visible to shoppers: file names, tables, statements. */
export const internals =
  /\bat .+\.(js|ts|tsx):\d+|node_modules|PostgresError|relation "|Failed query|insert into|\bselect \S+ from/i

export const texts: [string, string][] = [
  ['markup', markup],
  ['the end of an attribute', `x" onfocus="alert(1)" autofocus="`],
  [
    'the end of a title, a text area and a script',
    '</textarea></title><b>out</b></script><script>alert(1)</script>',
  ],
  ['a template', '{{7*7}} ${7*7} <%= 7 %>'],
  ['a formula', '=1+1'],
  ['SQL', "'; drop table orders; --"],
  ['a header injection', 'a\r\nset-cookie: b=1'],
  ['four-byte and family emoji', '👩‍👩‍👧‍👦 Ada 𝒳'],
  ['right to left', 'שלום مرحبا'],
  ['a direction override', 'evil\u202etxt'],
  ['a thousand marks on one letter', `Z${'\u0351'.repeat(1_000)}`],
  ['letters with irregular case mapping', 'İıẞß ﷽ 漢字'],
  ['300 letters', 'a'.repeat(300)],
  ['20,000 letters', 'a'.repeat(20_000)],
  ['only spaces', ' \u2003\u00a0 '],
  ['a control character', 'a\u0007b'],
  ['a slow regular expression', `${'a'.repeat(50)}!(a+)+$`],
  ['an email header injection', 'a@example.com\nbcc: b@example.com'],
]

/** Sorting it by insertion would take a second; percent-encoded it still fits into a form. */
export const marks = '\u0301\u0316'.repeat(20_000)

/** Numbers, in forms and in URLs. */
export const numbers = [
  ...['0', '-1', '1.5', '1e3', '１', '', ' ', '1000', '1000000000', '2147483648', '9223372036854775808'],
  ...['9'.repeat(99), 'NaN', 'Infinity', '0x10', '1,000', '+1', "1' or '1'='1", '-0', '90071992547409.93'],
  ...['33.333', '0.001', '€5', '100%', '--1', '=1+1', '1 000'],
]

/** A few of each, for single fields of any kind. */
export const unusualValues: [string, string][] = [
  ['nothing', ''],
  ['markup', markup],
  ['a very long number', `-${'9'.repeat(99)}`],
  ['a control character', 'a\u0000b'],
  ['2,000 letters', '漢'.repeat(2_000)],
]

/** Query values and path segments. */
export const queries = [
  ...[
    '-1',
    '0',
    '1e9',
    '1e99',
    '1000000000',
    '9'.repeat(30),
    'NaN',
    '１',
    '',
    'password',
    'title;drop table users',
  ],
  ...['%', '_', '\\', "'", '"', 'a:*&!|()', 'the and of', '((((', '-', '!!', '\u202e', '😀', markup],
  ...[
    'a'.repeat(500),
    `${'a'.repeat(50)}!`,
    '(a+)+$',
    "'; drop table orders; --",
    '2026-02-30',
    '//evil.example',
  ],
]

export type Body = {
  what: string
  type: string
  body: string | Uint8Array
  headers?: Record<string, string>
  /** The required status, where it is fixed; otherwise the body may also be read as a form with few fields. */
  status?: number
}

/** Malicious field names, with the session's token, so that the names are what is refused. */
export const names: [string, string][] = [
  ['an index that would allocate millions', 'items[5000000]'],
  ['a path of 90 levels', `${'a.'.repeat(90)}a`],
  ['a path of 1,500 levels', `${'a.'.repeat(1_500)}a`],
  ['the prototype', '__proto__.isAdmin'],
  ['the prototype in brackets', 'a[__proto__][b]'],
  ['the constructor', 'constructor.prototype.x'],
]

const update = (index: number) => ({ type: 'update', payload: { name: 'zz', index, value: 'x' } })
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`

/** Fields that could control the form parser. No form of ours has them. */
export const controlFields: [what: string, name: string, value: string][] = [
  ['an intent with a huge index', '__intent__', JSON.stringify(update(8_000_000))],
  ['an intent with an index beyond memory limits', '__intent__', JSON.stringify(update(300_000_000))],
  ['an intent that is not JSON', '__intent__', '{'],
  ['an intent that is null', '__intent__', 'null'],
  [
    'an intent with a deep payload',
    '__intent__',
    `{"type":"update","payload":{"name":"zz","value":${deep}}}`,
  ],
  [
    'an insertion into a field that is not a list',
    '__intent__',
    JSON.stringify({ type: 'insert', payload: { name: 'csrf', defaultValue: 'x' } }),
  ],
  ['a state with a huge index', '__state__', JSON.stringify(update(8_000_000))],
  ['a state that is not JSON', '__state__', '{'],
  ['a deep state', '__state__', deep],
]

/** Malformed bodies. */
export function brokenBodies(csrf: string): Body[] {
  const multipart = 'multipart/form-data; boundary=x'
  const form = 'application/x-www-form-urlencoded'
  const part = (name: string, value: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const token = `csrf=${csrf}&`
  return [
    { what: 'JSON', type: 'application/json', body: '{"a":1}', status: 400 },
    { what: 'JSON 100,000 levels deep', type: 'application/json', body: '['.repeat(100_000), status: 400 },
    { what: 'text', type: 'text/plain', body: 'a=1', status: 400 },
    { what: 'no content type', type: '', body: 'a=1', status: 400 },
    { what: 'an invalid content type', type: '\u00ff;;;=', body: 'a=b', status: 400 },
    { what: 'multipart without a boundary', type: 'multipart/form-data', body: '--x--', status: 400 },
    { what: 'a missing boundary', type: multipart, body: '--y\r\n\r\n1', status: 400 },
    { what: 'a truncated multipart body', type: multipart, body: part('csrf', csrf), status: 400 },
    {
      what: 'truncated gzip',
      type: form,
      body: Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x01]),
      headers: { 'content-encoding': 'gzip' },
      status: 415,
    },
    { what: 'JSON with the content type of a form', type: form, body: '{"__proto__":{"isAdmin":true}}' },
    {
      what: 'a part without a name',
      type: multipart,
      body: `${part('csrf', csrf)}--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n`,
    },
    { what: 'nothing', type: form, body: '' },
    {
      what: 'bytes that are not UTF-8',
      type: form,
      body: Buffer.concat([Buffer.from(`${token}q=`), Buffer.from([0xff, 0xfe, 0xc3, 0x28])]),
    },
    { what: 'escapes that are not UTF-8', type: form, body: `${token}variantId=%FF%FE&quantity=%C3%28` },
    { what: 'a truncated escape', type: form, body: `${token}variantId=%&quantity=%2` },
    { what: 'NUL', type: form, body: `${token}variantId=1%00&quantity=1&title=%00` },
  ]
}

/** Malicious files in place of an image or a CSV file. */
export const files: { filename: string; bytes: Uint8Array }[] = [
  { filename: '', bytes: Buffer.alloc(0) },
  { filename: 'empty.csv', bytes: Buffer.alloc(0) },
  {
    filename: '../../etc/passwd',
    bytes: Buffer.from(`Handle,Title\r\n../../x,"${markup.replace('"', '')}"\r\n`),
  },
  { filename: 'a\u0000b.csv', bytes: Buffer.from('Handle,Title,Variant Price\n\u0000,\u0000,\u0000\n') },
  {
    filename: `${'漢'.repeat(300)}.png`,
    bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  },
  { filename: `${markup}.gif`, bytes: Buffer.from('GIF89a/*<script>alert(1)</script>*/=1;') },
  { filename: 'cut.png', bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') },
  // Claims 30,000 x 30,000 pixels, and contains none.
  {
    filename: 'bomb.png',
    bytes: Buffer.from('89504e470d0a1a0a0000000d494844520000753000007530080200000000000000', 'hex'),
  },
]
