import { Breadcrumbs } from './breadcrumbs.tsx'
import { FormattedDate } from './formatted-date.tsx'
import { pageMeta, rootOf } from './page-meta.ts'
import { PreviewBar } from './preview-bar.tsx'
import { breadcrumbData, structuredData } from './structured-data/structured-data.ts'
import { pagePath } from '#app/domain/pages/pages.ts'
import type { ContentPage as Page } from '#app/domain/pages/pages.server.ts'
import { plainText } from '#app/domain/plain-text.ts'
import { urls } from '#app/urls.ts'

type ContentPageData = { page: Page; isPreview: boolean }

const breadcrumbs = [{ to: urls.home(), label: 'Home' }]

/** A page or policy that staff wrote. */
export function ContentPage({ page, isPreview }: ContentPageData) {
  return (
    <div className="page">
      {isPreview && (
        <PreviewBar
          to={urls.admin.page(page.id)}
          label={page.kind === 'policy' ? 'Edit policy' : 'Edit page'}
        />
      )}
      <Breadcrumbs path={breadcrumbs} here={page.title} />
      <article className="content-page">
        <header className="page-head">
          <h1 dir="auto">{page.title}</h1>
          {page.kind === 'policy' && (
            <p className="soft">
              Last updated on <FormattedDate at={page.updatedAt} />
            </p>
          )}
        </header>
        <div className="prose" dir="auto" dangerouslySetInnerHTML={{ __html: page.body }} />
      </article>
    </div>
  )
}

export function contentPageMeta(shown: ContentPageData | undefined, matches: Parameters<typeof pageMeta>[0]) {
  if (!shown) return []
  const { page, isPreview } = shown
  return [
    ...pageMeta(matches, {
      title: page.seoTitle || page.title,
      description: page.seoDescription || plainText(page.body) || undefined,
      // Its address is a 404 until it is published.
      path: isPreview ? undefined : pagePath(page),
      type: 'article',
      isPrivate: isPreview,
    }),
    structuredData([breadcrumbData(rootOf(matches).origin, breadcrumbs, page.title)]),
  ]
}
