import { Handle, Position } from '@xyflow/react'
import { clsx } from 'clsx'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { inPort, outPort, portPlaces } from '../port-places.ts'
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
  /** The port of failure: hidden until it matters. */
  error: 'none' | 'hidden' | 'shown'
}

/** The ways out, labelled when there are several. */
export function OutPorts({ ports, height, error }: OutPortsProps) {
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
      {error !== 'none' && (
        <Handle
          type="source"
          id="error"
          position={Position.Bottom}
          title={t('ports.error')}
          className={clsx(
            dot,
            'left-6! border-bad!',
            error === 'hidden' &&
              'opacity-0 transition-opacity group-hover:opacity-100 group-focus-within:opacity-100',
          )}
        >
          <span
            className={clsx(
              'pointer-events-none absolute top-1.5 left-3.5 whitespace-nowrap px-0.5 text-bad text-xs leading-4',
              error === 'hidden' && 'opacity-0 group-hover:opacity-100',
            )}
          >
            {t('ports.error')}
          </span>
        </Handle>
      )}
    </>
  )
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
      return t(`ports.${port}`)
    default:
      return port
  }
}
