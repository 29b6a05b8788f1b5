import { Handle, Position } from '@xyflow/react'
import { clsx } from 'clsx'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { UNDO_PORT } from '#nodes/graph/scopes.ts'
import { innerPorts, inPort, outPort, portPlaces } from '../port-places.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { type Drawing, useDrawing } from './drawing.ts'

// The dot is 10 px; what can be grabbed around it is 28 px.
const dot =
  'size-2.5! min-h-0! min-w-0! rounded-full! border-2! border-edge! bg-surface! transition-colors duration-[120ms] after:absolute after:-inset-[11px] after:rounded-full hover:border-accent! hover:bg-accent! [&.connectingfrom]:border-accent! [&.connectingfrom]:bg-accent! [&.connectingto]:border-accent! [&.valid]:bg-accent!'

/** The way into a node. */
export function InPort({ height }: { height: number }) {
  return (
    <Handle
      type="target"
      id="in"
      position={Position.Left}
      className={dot}
      style={{ top: inPort.top(height) }}
    />
  )
}

/** The way into a tool, from the agent above it. */
export function ToolIn() {
  return <Handle type="target" id="in" position={Position.Top} className={dot} />
}

/** Where tools hang on an agent. */
export function ToolsPort({ used }: { used: boolean }) {
  const { t } = useDrawing()
  return (
    <Handle
      type="source"
      id={TOOLS_PORT}
      position={Position.Bottom}
      title={t('ports.tools')}
      className={clsx(dot, 'border-violet!')}
    >
      <span
        className={clsx(
          'pointer-events-none absolute top-0 left-3.5 whitespace-nowrap px-0.5 text-violet text-xs leading-4',
          used && 'opacity-0 transition-opacity group-hover:opacity-100',
        )}
      >
        {t('ports.tools')}
      </span>
    </Handle>
  )
}

export interface OutPortsProps {
  ports: readonly string[]
  height: number
  /** The ports of failure and of undoing: hidden until they matter. */
  error: Shown
  undo?: Shown
}
type Shown = 'none' | 'hidden' | 'shown'

/** The ways out, labelled when there are several. */
export function OutPorts({ ports, height, error, undo = 'none' }: OutPortsProps) {
  const { t } = useDrawing()
  return (
    <>
      {ports.map((port, index) => (
        <Handle
          key={port}
          type="source"
          id={port}
          position={Position.Right}
          className={dot}
          style={{ top: outPort.top(height, { index, of: ports.length }) }}
        >
          {ports.length > 1 && (
            <span className="pointer-events-none absolute bottom-1/2 left-4 max-w-16 truncate px-0.5 text-muted text-xs leading-4">
              {portName(port, t)}
            </span>
          )}
        </Handle>
      ))}
      {error !== 'none' && <QuietPort id="error" shown={error === 'shown'} className="left-6! border-bad!" />}
      {undo !== 'none' && (
        <QuietPort id={UNDO_PORT} shown={undo === 'shown'} className="right-6! left-auto! border-warn!" />
      )}
    </>
  )
}

/** A way out below the card that few steps need: seen when something hangs on it, or the card is looked at. */
function QuietPort({ id, shown, className }: { id: 'error' | 'undo'; shown: boolean; className: string }) {
  const { t } = useDrawing()
  const quiet = 'opacity-0 transition-opacity group-hover:opacity-100 group-focus-within:opacity-100'
  return (
    <Handle
      type="source"
      id={id}
      position={Position.Bottom}
      title={t(`ports.${id}`)}
      className={clsx(dot, className, id === UNDO_PORT && 'translate-x-1/2!', !shown && quiet)}
    >
      <span
        className={clsx(
          'pointer-events-none absolute top-1.5 whitespace-nowrap px-0.5 text-xs leading-4',
          id === 'error' ? 'left-3.5 text-bad' : 'right-3.5 text-warn',
          !shown && 'opacity-0 group-hover:opacity-100',
        )}
      >
        {t(`ports.${id}`)}
      </span>
    </Handle>
  )
}

/** The ways from a frame to its parts. */
export function InnerPorts({ node }: { node: DocumentNode }) {
  const { t } = useDrawing()
  const find = useEditor((state) => state.find)
  const document = useEditor((state) => state.document)
  return innerPorts(node, { document, find }).map(({ id, top }) => (
    <Handle
      key={id}
      type="source"
      id={id}
      position={Position.Left}
      className={clsx(dot, id === 'catch' && 'border-bad!')}
      style={{ top }}
    >
      <span
        className={clsx(
          'pointer-events-none absolute bottom-2 left-3 whitespace-nowrap px-0.5 text-xs leading-4',
          id === 'catch' ? 'text-bad' : 'text-muted',
        )}
      >
        {portName(id, t)}
      </span>
    </Handle>
  ))
}

/** Ports as React Flow measures them, and nothing to see or grab: from far away a thread only needs its ends. */
export function FarPorts({ node }: { node: DocumentNode }) {
  const find = useEditor((state) => state.find)
  const document = useEditorStore().getState().document
  return portPlaces(node, { document, find }).map(({ id, type, position, x, y, width, height }) => (
    <span
      key={`${type} ${id}`}
      className={clsx(type, 'pointer-events-none absolute')}
      data-handleid={id}
      data-handlepos={position}
      style={{ left: x, top: y, width, height }}
    />
  ))
}

function portName(port: string, t: Drawing['t']): string {
  switch (port) {
    case 'yes':
    case 'no':
    case 'out':
    case 'default':
    case 'kept':
    case 'none':
    case 'catch':
    case 'finally':
      return t(`ports.${port}`)
    default:
      return port
  }
}
