import { useEffect, useState } from 'react'

const pauseMs = 1_000

/** Announces a text to screen readers when neither it nor what it is about has changed for a second. */
export function Announcement({ about, text }: { about: string; text: string }) {
  const [said, setSaid] = useState({ about: '', text: '' })
  useEffect(() => {
    const timer = setTimeout(() => setSaid({ about, text }), pauseMs)
    return () => clearTimeout(timer)
  }, [about, text])
  return (
    <p role="status" className="visually-hidden">
      {said.about === about && said.text === text ? text : ''}
    </p>
  )
}
