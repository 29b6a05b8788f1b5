import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { canBeTool } from '#nodes/graph/tools.ts'
import { useT } from '../../lib/use-t.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { NodeIcon } from '../../ui/NodeIcon.tsx'
import { chooseNode } from '../choose-node.ts'
import { useCardWords } from '../node-words.ts'
import { refuseConnection } from '../refusals.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { connect } from '../verbs.ts'
import { NodeList } from './NodeList.tsx'

/** The palette over the canvas: for a thread let go in the open, for + on a thread, and for the keyboard. */
export function PaletteDialog() {
  const t = useT('editor')
  const store = useEditorStore()
  const target = useEditor((state) => state.palette)
  if (!target) return null
  const close = () => store.setState({ palette: null })
  const leads = target.from !== undefined || target.edge !== undefined
  const lends = target.from?.port === TOOLS_PORT
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t(`palette.${titleOf({ lends, existing: target.existing === true })}`)}
    >
      {target.existing ? (
        <ExistingNodes />
      ) : (
        <NodeList
          autoFocus
          className="-mx-3 h-96"
          allow={lends ? isHandyTool : leads ? isNoTrigger : undefined}
          onChoose={(info) => chooseNode(store, { info, target })}
        />
      )}
    </Dialog>
  )
}

function titleOf({ lends, existing }: { lends: boolean; existing: boolean }) {
  if (existing) return lends ? 'lend' : 'connect'
  return lends ? 'addTool' : 'add'
}

/** What only chooses a way out is of no use where there are none. */
function isHandyTool(info: NodeInfo): boolean {
  const chooses = info.group === 'logic' && (info.ports.length > 1 || info.portsFrom !== undefined)
  return canBeTool(info) && !chooses
}

function isNoTrigger(info: { role: string }): boolean {
  return info.role !== 'trigger'
}

/** Nodes a thread may lead to from here. */
function ExistingNodes() {
  const t = useT('editor')
  const store = useEditorStore()
  const words = useCardWords()
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  const from = useEditor((state) => state.palette?.from)
  if (!from) return null
  const edgeTo = (key: string) => ({ from: from.key, port: from.port, to: key })
  const nodes = drawing.nodes.filter(
    (node) => refuseConnection({ document: drawing, find }, edgeTo(node.key)) === null,
  )
  if (nodes.length === 0) {
    const none = from.port === TOOLS_PORT ? 'palette.noTools' : 'palette.nowhere'
    return <p className="py-4 text-muted text-sm">{t(none)}</p>
  }
  return (
    <ul className="-mx-2 max-h-96 overflow-y-auto">
      {nodes.map((node, index) => {
        const info = find(node.type, node.version)
        return (
          <li key={node.key}>
            <button
              type="button"
              // biome-ignore lint/a11y/noAutofocus: the list was opened to choose from it
              autoFocus={index === 0}
              className="flex w-full items-center gap-2.5 rounded-sm px-2 py-1.5 text-left hover:bg-hover"
              onClick={() => {
                store.setState({ palette: null })
                connect(store, edgeTo(node.key))
              }}
            >
              <NodeIcon icon={info?.icon ?? 'circle-alert'} group={info?.group ?? 'logic'} size="md" />
              <span className="min-w-0 truncate text-sm">{words.title(node, info)}</span>
              <span className="ml-auto truncate font-mono text-faint text-xs">{node.key}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
