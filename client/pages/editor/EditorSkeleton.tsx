import { Skeleton } from '#client/ui/Skeleton.tsx'
import { ThreadBar } from '#client/ui/ThreadBar.tsx'

/** The editor's outline while it loads; what comes takes the same places. */
export function EditorSkeleton() {
  return (
    <div className="flex h-full min-h-0 flex-col" aria-busy>
      <ThreadBar />
      <div className="flex h-12 items-center gap-3 border-line border-b px-4">
        <Skeleton className="h-5 w-48" />
      </div>
      <div className="flex min-h-0 grow">
        <div className="w-66 border-line border-r p-3 phone:hidden">
          <Skeleton className="h-8 w-full" />
        </div>
        <div className="grow bg-paper" />
      </div>
    </div>
  )
}
