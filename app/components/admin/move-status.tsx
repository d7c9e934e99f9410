import { useNavigation } from '@remix-run/react'
import { useEffect, useState } from 'react'

/**
 * Says next to an ordered list that a move is being saved, and then that it is. Until then, reloading and closing the
 * page ask first. `moves` are the URLs that move its rows.
 */
export function MoveStatus({ moves }: { moves: string[] }) {
  const { formAction } = useNavigation()
  const isSaving = formAction !== undefined && moves.includes(formAction)
  const [isSaved, setSaved] = useState(false)
  useEffect(() => {
    if (!isSaving) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => {
      removeEventListener('beforeunload', ask)
      setSaved(true)
    }
  }, [isSaving])
  return (
    <p className="soft small" role="status">
      {isSaving ? 'Saving…' : isSaved && 'Saved'}
    </p>
  )
}
