import { Link } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { usePolling } from '#app/components/admin/use-polling.ts'
import type { ImageCounts } from '#app/domain/imports/image-fetches.server.ts'
import { formatNumber } from '#app/domain/intl.ts'
import { urls } from '#app/urls.ts'

/** How many of the images that the file names by URL are stored: updated by events and by polling. */
export function ImageProgress({ counts, importId }: { counts: ImageCounts; importId: number }) {
  const { waiting, fetched, failed } = counts
  usePolling(waiting > 0, 10_000)
  const total = waiting + fetched + failed
  if (total === 0) return null
  return (
    <Panel
      title="Images"
      action={
        failed > 0 && (
          <ActionForm to={urls.admin.retryImportImages(importId)} look="button">
            Try all again
          </ActionForm>
        )
      }
    >
      <div className="job">
        <p role="status">
          {formatNumber(waiting)} waiting, {formatNumber(fetched)} fetched,{' '}
          {failed > 0 ? (
            <Link to={urls.admin.importImages(importId)} preventScrollReset>
              {formatNumber(failed)} failed
            </Link>
          ) : (
            '0 failed'
          )}
          .
        </p>
        {waiting > 0 && (
          <>
            <progress className="job__bar" max={total} value={fetched + failed} aria-label="Images fetched" />
            <p className="soft">
              The images are fetched in the background, also when you leave this page. Where a server does not
              answer, it is tried again later.
            </p>
            <noscript>
              <p>
                <a href={urls.admin.import(importId)}>Update</a>
              </p>
            </noscript>
          </>
        )}
      </div>
    </Panel>
  )
}
