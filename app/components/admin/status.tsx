export type StatusTone = 'plain' | 'good' | 'warn' | 'bad'

/** A state in words; the colour and the mark only repeat them. */
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
