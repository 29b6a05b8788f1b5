import { createContext, useContext } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import type { NodeKey, Problem, WorkflowDocument } from '#nodes/graph/document.ts'
import type { FindNode, NodeInfo } from '#nodes/graph/node-info.ts'
import { UNDO_PORT } from '#nodes/graph/scopes.ts'
import { remembered } from '../lib/storage.ts'
import type { Point } from './document.ts'
import { emptyHistory, type History } from './history.ts'
import type { Refusal } from './refusals.ts'
import { emptyOverlay, type RunOverlay } from './run-overlay.ts'
import type { RunRecord } from './run-record.ts'
import { toolsOf } from './tools.ts'

export type PanelTab = 'parameters' | 'reliability' | 'output' | 'docs'

/** Where a node chosen in the palette goes. */
export interface PaletteTarget {
  /** Leads there from this port. */
  from?: { key: NodeKey; port: string }
  /** Goes in the middle of this edge, by its id. */
  edge?: string
  at?: Point
  /** Offers the nodes that are there, to lead to, instead of new ones. */
  existing?: boolean
}

/** The run that is shown on the canvas. */
export interface ShownRun {
  id: string
  record: RunRecord
  overlay: RunOverlay
}

export interface EditorState {
  document: WorkflowDocument
  history: History
  selected: ReadonlySet<NodeKey>
  selectedEdge: string | null
  /** Where the keyboard is on the canvas. */
  focused: NodeKey | null
  hoveredEdge: string | null
  /** The frame that takes in what is being dragged, if it is let go now. */
  dropFrame: NodeKey | null
  /** The agent that is lent what is being dragged from the palette, if it is let go now. */
  dropAgent: NodeKey | null
  /** Null while the node panel is closed. */
  panel: PanelTab | null
  palette: PaletteTarget | null
  shortcuts: boolean
  /** A large drawing is shown in small as well. */
  overview: boolean
  /** Counts how often the whole drawing was asked to be shown. */
  fitRequests: number
  problems: readonly Problem[]
  problemsByNode: ReadonlyMap<NodeKey, readonly Problem[]>
  run: ShownRun | null
  /** The last thing that could not be done, until it is read. */
  refusal: { code: Refusal; count: number } | null
  readonly: boolean
  find: FindNode
  infos: readonly NodeInfo[]
}

export type EditorStore = StoreApi<EditorState>

export function createEditorStore(about: {
  document: WorkflowDocument
  infos: readonly NodeInfo[]
  readonly?: boolean
}): EditorStore {
  const { document, infos, readonly = false } = about
  return createStore<EditorState>(() => ({
    document,
    history: emptyHistory,
    selected: new Set(),
    selectedEdge: null,
    focused: null,
    hoveredEdge: null,
    dropFrame: null,
    dropAgent: null,
    panel: null,
    palette: null,
    shortcuts: false,
    overview: remembered('overview') !== 'closed',
    fitRequests: 0,
    problems: [],
    problemsByNode: new Map(),
    run: null,
    refusal: null,
    readonly,
    find: finder(infos),
    infos,
  }))
}

/** Looks a node's description up by type and version. */
export function finder(infos: readonly NodeInfo[]): FindNode {
  const byId = new Map(infos.map((info) => [`${info.id}@${info.version}`, info]))
  return (type, version) => byId.get(`${type}@${version}`)
}

export const EditorContext = createContext<EditorStore | null>(null)

export function useEditorStore(): EditorStore {
  const store = useContext(EditorContext)
  if (!store) throw new Error('useEditorStore needs an EditorContext around it')
  return store
}

/** A piece of the editor's state; a component renders again only when that piece changes. */
export function useEditor<Piece>(select: (state: EditorState) => Piece): Piece {
  return useStore(useEditorStore(), select)
}

const errorSources = new WeakMap<WorkflowDocument, ReadonlySet<NodeKey>>()

/** Whether a way out for failures is drawn; looked up once for each drawing, for every card asks. */
export function hasErrorEdge({ document }: EditorState, key: NodeKey): boolean {
  const known =
    errorSources.get(document) ??
    new Set(document.edges.filter((edge) => edge.port === 'error').map((edge) => edge.from))
  errorSources.set(document, known)
  return known.has(key)
}

const undoSources = new WeakMap<WorkflowDocument, ReadonlySet<NodeKey>>()

/** Whether something that undoes it is drawn. */
export function hasUndoEdge({ document }: EditorState, key: NodeKey): boolean {
  const known =
    undoSources.get(document) ??
    new Set(document.edges.filter((edge) => edge.port === UNDO_PORT).map((edge) => edge.from))
  undoSources.set(document, known)
  return known.has(key)
}

/** How many tools a node has. */
export const toolCount = ({ document }: EditorState, key: NodeKey): number => toolsOf(document, key).length

/** The run's overlay, empty while no run is shown. */
export function overlayOf(state: EditorState): RunOverlay {
  return state.run?.overlay ?? emptyOverlay
}
