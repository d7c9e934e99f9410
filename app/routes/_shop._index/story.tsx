import { Link } from '@remix-run/react'
import { ResponsiveImage } from '#app/components/responsive-image.tsx'
import type { HomeSection } from '#app/domain/storefront/home-page.server.ts'
import { Paragraphs } from './section.tsx'

type StorySection = Extract<HomeSection, { kind: 'image-with-text' }>

/** An image beside a text. The second has its image on the other side, and so on in turn. */
export function Story({
  story: { image, heading, body, link },
  isFirst,
  isTurned,
}: {
  story: StorySection
  isFirst: boolean
  isTurned: boolean
}) {
  const look = image ? `story${isTurned ? ' story--turned' : ''}` : 'story story--plain'
  return (
    <section className={look}>
      {image && (
        <div className="story__art">
          <ResponsiveImage
            image={image}
            seed={heading}
            sizes="(min-width: 90rem) 42rem, (min-width: 52rem) 47vw, 95vw"
            isFirst={isFirst}
          />
        </div>
      )}
      <div className="story__words">
        {heading && <h2 dir="auto">{heading}</h2>}
        {body && (
          <div className="story__text">
            <Paragraphs text={body} />
          </div>
        )}
        {link && (
          <Link to={link.path} className="button button--large">
            {link.label}
          </Link>
        )}
      </div>
    </section>
  )
}
