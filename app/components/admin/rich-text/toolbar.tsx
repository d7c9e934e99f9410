import { useState } from 'react'
import { icons } from './tool-icons.tsx'
import { type Format, isMac, type TextAreaEditor } from './text-area-editor.ts'

type Tool = {
  label: string
  /** A text, or the path of an icon on a 24 px grid. */
  icon: React.ReactNode
  /** The key that is pressed together with Ctrl or Command. */
  keyName?: string
  isPressed?: boolean
  isOff?: boolean
  startsGroup?: boolean
  onUse: () => void
}

type Props = {
  editor: TextAreaEditor
  format: Format
  isHtml: boolean
  /** The id of the editable element. */
  controls: string
  onHtml: () => void
  onLink: () => void
}

/** The ARIA toolbar: one tab stop, and arrow keys from button to button. */
export function Toolbar(props: Props) {
  const tools = toolsOf(props)
  const [current, setCurrent] = useState(0)
  function move(event: React.KeyboardEvent<HTMLDivElement>) {
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight'
    const last = tools.length - 1
    const next = {
      [forward]: current === last ? 0 : current + 1,
      [backward]: current === 0 ? last : current - 1,
      Home: 0,
      End: last,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    setCurrent(next)
    const button = event.currentTarget.children[next]
    if (button instanceof HTMLElement) button.focus()
  }
  return (
    <div
      className="rich-text__toolbar"
      role="toolbar"
      tabIndex={-1}
      aria-label="Formatting"
      aria-controls={props.controls}
      onKeyDown={move}
    >
      {tools.map((tool, index) => (
        <ToolButton
          key={tool.label}
          {...tool}
          tabIndex={index === current ? 0 : -1}
          onFocus={() => setCurrent(index)}
        />
      ))}
    </div>
  )
}

function ToolButton({
  label,
  icon,
  keyName,
  isPressed,
  isOff,
  startsGroup,
  onUse,
  ...rest
}: Tool & { tabIndex: number; onFocus: () => void }) {
  const isText = icon === label
  const shortcut = keyName && (isMac ? `⌘${keyName.replace('Shift+', '⇧')}` : `Ctrl+${keyName}`)
  return (
    <button
      {...rest}
      type="button"
      className={`tool${startsGroup ? ' tool--first' : ''}${isText ? ' tool--text' : ''}`}
      aria-label={isText ? undefined : label}
      title={shortcut ? `${label} (${shortcut})` : label}
      aria-keyshortcuts={keyName && `${isMac ? 'Meta' : 'Control'}+${keyName}`}
      aria-pressed={isPressed}
      aria-disabled={isOff || undefined}
      // The selection stays where it is.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !isOff && onUse()}
    >
      {icon}
    </button>
  )
}

function toolsOf({ editor, format, isHtml, onHtml, onLink }: Props): Tool[] {
  const tools: Tool[] = [
    {
      label: 'Paragraph',
      icon: icons.paragraph,
      isPressed: format.paragraph,
      onUse: () => editor.setBlock('p'),
    },
    { label: 'Heading', icon: 'H2', isPressed: format.heading, onUse: () => editor.setBlock('h2') },
    { label: 'Subheading', icon: 'H3', isPressed: format.subheading, onUse: () => editor.setBlock('h3') },
    {
      ...{ label: 'Bold', icon: <b>B</b>, keyName: 'B', startsGroup: true },
      ...{ isPressed: format.bold, onUse: () => editor.toggleBold() },
    },
    {
      ...{ label: 'Italic', icon: <i>I</i>, keyName: 'I' },
      ...{ isPressed: format.italic, onUse: () => editor.toggleItalic() },
    },
    {
      ...{ label: 'Link', icon: icons.link, keyName: 'K' },
      ...{ isPressed: format.link, onUse: onLink },
    },
    {
      ...{ label: 'Bulleted list', icon: icons.bullets, keyName: 'Shift+8', startsGroup: true },
      ...{ isPressed: format.bullets, onUse: () => editor.toggleList('ul') },
    },
    {
      ...{ label: 'Numbered list', icon: icons.numbers, keyName: 'Shift+9' },
      ...{ isPressed: format.numbers, onUse: () => editor.toggleList('ol') },
    },
    {
      label: 'Clear formatting',
      icon: icons.clear,
      startsGroup: true,
      onUse: () => editor.clearFormatting(),
    },
    { label: 'Undo', icon: icons.undo, keyName: 'Z', isOff: !format.canUndo, onUse: () => editor.undo() },
    {
      label: 'Redo',
      icon: icons.redo,
      keyName: 'Shift+Z',
      isOff: !format.canRedo,
      onUse: () => editor.redo(),
    },
  ]
  return [
    ...tools.map((tool) => ({
      ...tool,
      ...(isHtml && { isOff: true, isPressed: tool.isPressed === undefined ? undefined : false }),
    })),
    { label: 'Show HTML', icon: 'Show HTML', isPressed: isHtml, startsGroup: true, onUse: onHtml },
  ]
}
