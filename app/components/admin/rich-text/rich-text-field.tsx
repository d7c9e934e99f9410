import { lazy, Suspense, useState } from 'react'
import { describe, FieldFrame, type FrameProps } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'

const Editor = lazy(async () => ({ default: (await import('./rich-text-editor.tsx')).RichTextEditor }))

/**
 * A textarea with HTML, in front of which JavaScript puts an editor once its code has arrived. The textarea stays the
 * field of the form: the editor writes to it.
 */
export function RichTextField({
  toHtml = asTyped,
  editorHint,
  rows,
  className,
  ...props
}: FieldProps &
  FrameProps & {
    /** The HTML that the textarea's text stands for. */
    toHtml?: (text: string) => string
    /** The hint below the editor; `hint` is the textarea's. */
    editorHint: string
    rows: number
    className: string
  }) {
  const { id, name, defaultValue, maxLength, label, isOptional, errors } = props
  // Null on the server and in the first render of the browser, which has to be the same.
  const [textarea, setTextarea] = useState<HTMLTextAreaElement | null>(null)
  const [editor, setEditor] = useState<HTMLElement | null>(null)
  const error = errors?.[0]
  const hint = editor ? editorHint : props.hint
  const described = describe(id, { hint, error })
  return (
    <FieldFrame {...{ id, label, labelId: `${id}-label`, hint, isOptional, error }}>
      <div className="rich-text">
        {textarea && (
          <Suspense>
            <Editor {...{ id, textarea, toHtml, described, onView: setEditor }} />
          </Suspense>
        )}
        <textarea
          ref={setTextarea}
          {...{ id, name, defaultValue, maxLength, rows }}
          {...described}
          className={editor ? 'visually-hidden' : `input ${className}`}
          // The label, and a link to an error, lead to the editor.
          {...(editor && { 'aria-hidden': true, tabIndex: -1, onFocus: () => editor.focus() })}
        />
      </div>
    </FieldFrame>
  )
}

const asTyped = (text: string) => text
