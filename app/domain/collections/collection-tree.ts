/** Nested collections as a flat list with depths: the order of a table or a select. */

export type TreeNode = { id: number; parentId: number | null; position: number; title: string }

/** Depth first, siblings by position and title. A node whose parent is missing counts as a root. */
export function buildTree<Node extends TreeNode>(nodes: Node[]): (Node & { depth: number })[] {
  const ids = new Set(nodes.map((node) => node.id))
  const children = new Map<number | null, Node[]>()
  for (const node of nodes) {
    const parent = node.parentId !== null && ids.has(node.parentId) ? node.parentId : null
    children.set(parent, [...(children.get(parent) ?? []), node])
  }
  const walk = (parent: number | null, depth: number): (Node & { depth: number })[] =>
    (children.get(parent) ?? [])
      .sort((a, b) => a.position - b.position || a.title.localeCompare(b.title) || a.id - b.id)
      .flatMap((node) => [{ ...node, depth }, ...walk(node.id, depth + 1)])
  return walk(null, 0)
}

/** The node and all its descendants: none of these can be its parent. */
export function subtreeIds(nodes: TreeNode[], id: number): Set<number> {
  const found = new Set([id])
  for (let size = 0; size !== found.size;) {
    size = found.size
    for (const node of nodes) if (node.parentId !== null && found.has(node.parentId)) found.add(node.id)
  }
  return found
}
