/** The few icons the kit itself draws, named by meaning. */
export {
  Check as CheckIcon,
  ChevronDown as ChevronIcon,
  CircleAlert as AlertIcon,
  Copy as CopyIcon,
  X as CloseIcon,
} from 'lucide-react'
