import { Skeleton } from '#client/ui/Skeleton.tsx'

const rows = ['one', 'two', 'three', 'four', 'five']

/** In place of two runs while they are compared. */
export function ComparisonSkeleton() {
  return (
    <div className="flex flex-col gap-5" aria-busy>
      <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
        <Skeleton className="h-24 rounded-md" />
        <Skeleton className="h-24 rounded-md" />
      </div>
      <div className="flex flex-col gap-2">
        {rows.map((row) => (
          <Skeleton key={row} className="h-11 w-full" />
        ))}
      </div>
    </div>
  )
}
