import { Scripts } from '@remix-run/react'
import { Children, cloneElement, isValidElement, type ReactNode } from 'react'

/**
 * Remix's scripts, loaded after the styles, the fonts and the first image: a page is complete without them, and
 * browsers otherwise give modules the same priority.
 */
export function LowPriorityScripts({ nonce }: { nonce: string | undefined }) {
  return lowerPriority(Scripts({ nonce }))
}

function lowerPriority(node: ReactNode): ReactNode {
  if (!isValidElement<{ rel?: string; children?: ReactNode }>(node)) return node
  if (node.props.rel === 'modulepreload') return cloneElement(node, { fetchpriority: 'low' } as object)
  if (!node.props.children) return node
  return cloneElement(node, {}, Children.map(node.props.children, lowerPriority))
}
