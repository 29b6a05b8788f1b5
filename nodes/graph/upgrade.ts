import type { Upgrades } from '../kit/define-node.ts'
import type { DocumentNode, WorkflowDocument } from './document.ts'

/** What upgrading asks of a node's definition: its version today, and the way there. */
export interface Upgradable {
  version: number
  upgrades?: Upgrades
}

/**
 * The document with every node at the version we ship, as when a draft is opened. A node whose way is not whole
 * stays as it is, and `check` says that its version is unknown.
 */
export function upgrade(
  document: WorkflowDocument,
  latest: (type: string) => Upgradable | undefined,
): WorkflowDocument {
  const nodes = document.nodes.map((node) => upgradeNode(node, latest(node.type)))
  return nodes.every((node, index) => node === document.nodes[index]) ? document : { ...document, nodes }
}

function upgradeNode(node: DocumentNode, definition: Upgradable | undefined): DocumentNode {
  if (!definition) return node
  let { params, version } = node
  while (version < definition.version) {
    const step = definition.upgrades?.[version]
    if (!step) return node
    params = step(params)
    version++
  }
  return version === node.version ? node : { ...node, params, version }
}
