import {
  Check,
  CircleSlash,
  Clock,
  CornerUpRight,
  Hourglass,
  type LucideIcon,
  OctagonMinus,
  RotateCw,
  TriangleAlert,
  UserRound,
  X,
} from 'lucide-react'
import type { NodeStatus } from '../run-overlay.ts'

/** How a state of a run looks on a card: a strip, and a chip with an icon, never colour alone. */
export const statusLooks: Record<NodeStatus, { icon: LucideIcon; strip: string; chip: string }> = {
  running: { icon: RotateCw, strip: 'bg-accent animate-breathe', chip: 'text-accent' },
  attention: { icon: TriangleAlert, strip: 'bg-bad', chip: 'text-bad' },
  asking: { icon: UserRound, strip: 'bg-rose', chip: 'text-rose' },
  waiting: { icon: Hourglass, strip: 'bg-warn', chip: 'text-warn' },
  retrying: { icon: Clock, strip: 'bg-warn animate-breathe', chip: 'text-warn' },
  done: { icon: Check, strip: 'bg-good', chip: 'text-good' },
  reused: { icon: CornerUpRight, strip: 'bg-edge', chip: 'text-muted' },
  failed: { icon: X, strip: 'bg-bad', chip: 'text-bad' },
  skipped: { icon: CircleSlash, strip: 'bg-transparent', chip: 'text-faint' },
  stopped: { icon: OctagonMinus, strip: 'bg-edge', chip: 'text-muted' },
}
