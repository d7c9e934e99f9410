/** A browser without script, over plain HTTP: stores cookies, submits forms like our own pages. */

export type Answer = { status: number; headers: Headers; body: string; location: string | null }

export type Visitor = ReturnType<typeof createVisitor>

type Fields = Record<string, string> | [string, string][]

export function createVisitor(
  origin: string,
  options: { cookies?: Record<string, string>; address?: string } = {},
) {
  const cookies = new Map(Object.entries(options.cookies ?? {}))

  async function ask(
    path: string,
    init: RequestInit & { headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const response = await fetch(new URL(path, origin), {
      redirect: 'manual',
      ...init,
      headers: {
        ...(cookies.size > 0
          ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
          : {}),
        // Trusted only by a shop that is configured for a proxy.
        ...(options.address ? { 'x-forwarded-for': options.address } : {}),
        ...init.headers,
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/Max-Age=0\b/i.test(line)) cookies.delete(name!)
      else cookies.set(name!, value!)
    }
    const location = response.headers.get('location')
    return { status: response.status, headers: response.headers, body: await response.text(), location }
  }

  return {
    origin,
    cookies,
    get: (path: string, headers?: Record<string, string>) => ask(path, { headers }),
    /** A POST like one of our pages; `headers` overrides the defaults. */
    post: (path: string, fields: Fields | string, headers: Record<string, string> = {}) =>
      ask(path, {
        method: 'POST',
        body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          origin,
          ...headers,
        },
      }),
    /** The same as multipart, in which every character takes as little space as possible. */
    postMultipart: (path: string, fields: [string, string][]) => {
      const body = new FormData()
      for (const [name, value] of fields) body.append(name, value)
      return ask(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin', origin } })
    },
    /** A POST with exactly these headers. */
    send: (path: string, body: string | Uint8Array, headers: Record<string, string>) =>
      ask(path, { method: 'POST', body: body as BodyInit, headers }),
  }
}

/** The names and values of the hidden inputs of the page's form for this URL. */
export function hiddenFields(page: string, action: string): Record<string, string> {
  const form = [...page.matchAll(/<form[^>]*>.*?<\/form>/gs)]
    .map(([text]) => text)
    .find((text) => unescape(/action="([^"]*)"/.exec(text)?.[1] ?? '') === action)
  if (!form) throw new Error(`No form for ${action} on the page`)
  const inputs = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([text]) => text)
  return Object.fromEntries(inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')]))
}

const attribute = (tag: string, name: string) =>
  unescape(new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

const entities: Record<string, string> = { amp: '&', quot: '"', lt: '<', gt: '>', '#x27': "'" }

/** React escapes only these five. */
export function unescape(html: string): string {
  return html.replace(/&(amp|quot|lt|gt|#x27);/g, (_, name: string) => entities[name]!)
}
