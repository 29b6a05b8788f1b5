import { ChartColumn, KeyRound, Play, Plug, Users, Workflow } from 'lucide-react'
import { paths } from '../../paths.ts'

/** The places of a tenant, in the order of the navigation. */
export const navPlaces = [
  { name: 'workflows', icon: Workflow, to: paths.workflows },
  { name: 'runs', icon: Play, to: paths.runs },
  { name: 'dashboard', icon: ChartColumn, to: paths.dashboard },
  { name: 'connections', icon: Plug, to: paths.connections },
  { name: 'members', icon: Users, to: paths.members },
  { name: 'apiKeys', icon: KeyRound, to: paths.apiKeys },
] as const
