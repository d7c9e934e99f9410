import { type DragEvent, useEffect, useState } from 'react'

/**
 * Lets a list be ordered by dragging, with a mouse and JavaScript; buttons do the same without them. `ids` is the stored
 * order; `onDrop` gets the id that was moved and its new index.
 */
export function useDragOrder(ids: number[], onDrop: (id: number, index: number) => void) {
  const [isReady, setIsReady] = useState(false)
  const [order, setOrder] = useState(ids)
  const [dragged, setDragged] = useState<number | null>(null)
  useEffect(() => setIsReady(true), [])

  const itemProps = (id: number) => ({
    'data-dragged': dragged === id ? '' : undefined,
    onDragOver: (event: DragEvent) => {
      if (dragged === null) return
      event.preventDefault()
      if (dragged !== id) setOrder(placeAt(order, dragged, order.indexOf(id)))
    },
    onDrop: (event: DragEvent) => {
      if (dragged === null) return
      event.preventDefault()
      if (order.indexOf(dragged) !== ids.indexOf(dragged)) onDrop(dragged, order.indexOf(dragged))
      setDragged(null)
    },
  })

  const handleProps = (id: number) => ({
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', String(id))
      const item = event.currentTarget.closest('li')
      if (item) event.dataTransfer.setDragImage(item, 0, 0)
      setDragged(id)
    },
    onDragEnd: () => {
      // Dropped outside of the list: nothing was moved.
      if (dragged !== null) setOrder(ids)
      setDragged(null)
    },
  })

  return { order, isReady, itemProps, handleProps }
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
