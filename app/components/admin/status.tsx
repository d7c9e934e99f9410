export type StatusTone = 'plain' | 'good' | 'warn' | 'bad'

/** A state as text; color and mark only repeat it. */
export function Status({
  tone = 'plain',
  half = false,
  children,
}: {
  tone?: StatusTone
  half?: boolean
  children: React.ReactNode
}) {
  return <span className={`status status--${tone}${half ? ' status--half' : ''}`}>{children}</span>
}
