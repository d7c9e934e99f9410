import { useLayoutEffect, useRef, useState } from 'react'
import type { describe } from '#app/components/field.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { type Format, TextAreaEditor } from './text-area-editor.ts'
import { Toolbar } from './toolbar.tsx'

type Link = ReturnType<TextAreaEditor['getLink']>

/** The toolbar and the editable text of a textarea. */
export function RichTextEditor({
  id,
  textarea,
  toHtml,
  described,
  onView,
}: {
  id: string
  textarea: HTMLTextAreaElement
  toHtml: (text: string) => string
  described: ReturnType<typeof describe>
  /** Called with the editable element when it is shown instead of the textarea, with null when it is not. */
  onView: (editor: HTMLElement | null) => void
}) {
  const root = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<TextAreaEditor | null>(null)
  const [format, setFormat] = useState<Format | null>(null)
  const [isHtml, setHtml] = useState(false)
  const [link, setLink] = useState<Link | null>(null)
  useLayoutEffect(() => {
    if (!root.current) return
    const created = new TextAreaEditor({
      ...{ root: root.current, textarea, toHtml },
      onFormat: (next) => setFormat((before) => (isSame(before, next) ? before : next)),
      onLink: () => setLink(created.getLink()),
    })
    setEditor(created)
    return () => created.destroy()
  }, [textarea, toHtml])
  useLayoutEffect(() => onView(isHtml ? null : root.current), [isHtml, onView])
  return (
    <>
      {editor && format && (
        <Toolbar
          {...{ editor, format, isHtml }}
          controls={`${id}-editor`}
          onHtml={() => setHtml(!isHtml)}
          onLink={() => setLink(editor.getLink())}
        />
      )}
      <div
        ref={root}
        id={`${id}-editor`}
        className="rich-text__area prose"
        role="textbox"
        aria-multiline="true"
        aria-labelledby={`${id}-label`}
        {...described}
        tabIndex={0}
        dir="auto"
        hidden={isHtml}
        suppressContentEditableWarning
      />
      {editor && link && <LinkDialog {...{ editor, link }} onClose={() => setLink(null)} />}
    </>
  )
}

function isSame(before: Format | null, after: Format) {
  return (
    before !== null && (Object.keys(after) as (keyof Format)[]).every((key) => before[key] === after[key])
  )
}
