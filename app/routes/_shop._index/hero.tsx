import { Link } from '@remix-run/react'
import { ArrowIcon } from '#app/components/icons.tsx'
import { ResponsiveImage } from '#app/components/responsive-image.tsx'
import { useShop } from '#app/components/shop.ts'
import type { HomeSection } from '#app/domain/storefront/home-page.server.ts'
import { urls } from '#app/urls.ts'
import { Paragraphs } from './section.tsx'

type HeroSection = Extract<HomeSection, { kind: 'hero' }>

/** Without an image of its own, the hero shows the newest product; without text, the store's name and tagline. */
export function Hero({ hero, isFirst }: { hero: HeroSection; isFirst: boolean }) {
  const shop = useShop()!
  const { image, star, link } = hero
  const Heading = isFirst ? 'h1' : 'h2'
  const text = hero.body || (hero.heading ? '' : shop.tagline)
  const look = image ? 'hero hero--image' : star ? 'hero' : 'hero hero--plain'
  return (
    <section className={look}>
      <div className="hero__words">
        <Heading dir="auto">{hero.heading || shop.name}</Heading>
        {text && (
          <div className="hero__tagline">
            <Paragraphs text={text} />
          </div>
        )}
        {link && (
          <Link to={link.path} className="button button--primary button--large">
            {link.label} <ArrowIcon />
          </Link>
        )}
      </div>
      {image && (
        <div className="hero__art">
          <ResponsiveImage
            image={image}
            seed={hero.heading}
            sizes="(min-width: 90rem) 84rem, 95vw"
            isFirst={isFirst}
          />
        </div>
      )}
      {star && (
        <Link to={urls.product(star.handle)} className="hero__art" aria-label={star.title}>
          <ResponsiveImage
            image={star.image}
            seed={star.title}
            sizes="(min-width: 90rem) 47rem, (min-width: 52rem) 55vw, 95vw"
            isFirst={isFirst}
            alt=""
          />
          <span className="hero__caption" aria-hidden="true">
            {star.title}
          </span>
        </Link>
      )}
    </section>
  )
}
