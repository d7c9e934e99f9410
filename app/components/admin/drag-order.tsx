import { type PointerEvent, useEffect, useState } from 'react'

/**
 * Lets a list be ordered by dragging, with a mouse, a finger or a pen and JavaScript; buttons do the same without them.
 * `ids` is the stored order; `onDrop` gets the id that was moved and its new index.
 */
export function useDragOrder(ids: number[], onDrop: (id: number, index: number) => void) {
  const [isReady, setIsReady] = useState(false)
  const [order, setOrder] = useState(ids)
  const [dragged, setDragged] = useState<number | null>(null)
  useEffect(() => setIsReady(true), [])

  /** The list has the pointer while an item is dragged: the items move in it. */
  const listProps = {
    onPointerMove: ({ currentTarget, clientY }: PointerEvent) => {
      if (dragged === null) return
      const items = [...currentTarget.children]
      // After the items whose middle is above the pointer: rows of different heights do not jump back and forth.
      const place = items.filter((item, index) => order[index] !== dragged && middle(item) < clientY).length
      items[place]?.scrollIntoView({ block: 'nearest' })
      if (order[place] !== dragged) setOrder(placeAt(order, dragged, place))
    },
    onPointerUp: () => {
      if (dragged === null) return
      if (order.indexOf(dragged) !== ids.indexOf(dragged)) onDrop(dragged, order.indexOf(dragged))
      setDragged(null)
    },
    onPointerCancel: () => {
      setOrder(ids)
      setDragged(null)
    },
  }

  const itemProps = (id: number) => ({ 'data-dragged': dragged === id ? '' : undefined })

  const handleProps = (id: number) => ({
    onPointerDown: ({ currentTarget, pointerId, button }: PointerEvent) => {
      if (button !== 0) return
      currentTarget.closest('ul, ol')?.setPointerCapture(pointerId)
      setDragged(id)
    },
  })

  return { order, isReady, listProps, itemProps, handleProps }
}

function middle(item: Element): number {
  const { top, height } = item.getBoundingClientRect()
  return top + height / 2
}

function placeAt(order: number[], id: number, index: number): number[] {
  const others = order.filter((one) => one !== id)
  others.splice(index, 0, id)
  return others
}

/** What a list item is dragged by; nothing without JavaScript. */
export function DragHandle({ isReady, ...props }: { isReady: boolean } & React.ComponentProps<'span'>) {
  return isReady ? <span className="grip" aria-hidden="true" title="Drag to reorder" {...props} /> : null
}
