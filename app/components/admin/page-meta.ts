/** Title of an admin page; admin pages are not indexed. */
export function adminMeta(title: string) {
  return [{ title: `${title} · Admin` }, { name: 'robots', content: 'noindex' }]
}
