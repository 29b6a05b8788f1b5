import {
  Bell,
  ChartColumn,
  Inbox,
  KeyRound,
  LibraryBig,
  type LucideIcon,
  Play,
  Plug,
  ScrollText,
  TriangleAlert,
  Users,
  Workflow,
} from 'lucide-react'
import { paths } from '../../paths.ts'

/** A place as the navigation lists it. */
export interface NavPlace {
  name: string
  label: string
  icon: LucideIcon
  to: string
  /** Lit only there, not at what lies under it. */
  end?: boolean
}

/** The places of a tenant, in the order of the navigation. */
export const navPlaces = [
  { name: 'workflows', icon: Workflow, to: paths.workflows },
  { name: 'runs', icon: Play, to: paths.runs },
  { name: 'tasks', icon: Inbox, to: paths.tasks },
  { name: 'attention', icon: TriangleAlert, to: paths.attention },
  { name: 'library', icon: LibraryBig, to: paths.library },
  { name: 'dashboard', icon: ChartColumn, to: paths.dashboard },
  { name: 'alerts', icon: Bell, to: paths.alerts },
  { name: 'connections', icon: Plug, to: paths.connections },
  { name: 'members', icon: Users, to: paths.members },
  { name: 'apiKeys', icon: KeyRound, to: paths.apiKeys },
  { name: 'audit', icon: ScrollText, to: paths.audit },
] as const
